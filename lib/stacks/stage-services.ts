import { gatewayApi } from '../../functions/gateway/api.contract.ts';
import type { ApiContract } from '../../functions/kernel/messages/contract.ts';
import type { Stage } from '../config/stage.ts';
import { services } from './services.ts';

/** The services of a stage: all but those that it leaves out. */
export const servicesOf = ({ search }: Stage) =>
  Object.entries(services).flatMap(([name, service]) =>
    name === 'search' && search === 'off' ? [] : [{ name, ...service }],
  );

/** The contracts that the shared API of a stage serves. */
export const apisOf = (stage: Stage): readonly ApiContract[] => [
  gatewayApi,
  ...servicesOf(stage).map(({ api }) => api),
];
