import { gatewayApi } from '../../functions/gateway/api.contract.ts';
import type { ApiContract } from '../../functions/kernel/messages/contract.ts';
import type { Stage } from '../config/stage.ts';
import { tasksOf } from '../config/stages.ts';
import { services } from './services.ts';

/** The stacks of services without tasks, which every stage has. */
export const functionStacks = Object.values(services).flatMap((service) => ('Stack' in service ? [service.Stack] : []));

const inContainers = Object.entries(services).flatMap(([name, service]) =>
  'ContainerStack' in service ? [{ name, ContainerStack: service.ContainerStack }] : [],
);

/** The services that have tasks in containers, which a stage may leave out. */
export const containerServices: readonly string[] = inContainers.map(({ name }) => name);

/** The stacks of services that have tasks in a stage, each with their size. */
export const containerStacksOf = (stage: Stage) =>
  inContainers.flatMap(({ name, ContainerStack }) => {
    const size = tasksOf(stage, name);
    return size === 'off' ? [] : [{ ContainerStack, size }];
  });

const servicesOf = (stage: Stage) =>
  Object.entries(services).filter(([name]) => !containerServices.includes(name) || tasksOf(stage, name) !== 'off');

/** The names of a stage's services: of all but those that it leaves out. */
export const serviceNamesOf = (stage: Stage): readonly string[] => servicesOf(stage).map(([name]) => name);

/** The contracts that the shared API of a stage serves. */
export const apisOf = (stage: Stage): readonly ApiContract[] => [
  gatewayApi,
  ...servicesOf(stage).map(([, { api }]) => api),
];
