import { gatewayApi } from '../../functions/gateway/api.contract.ts';
import type { ApiContract } from '../../functions/kernel/messages/contract.ts';
import { services } from './services.ts';

/** Every contract that the shared API serves: its document, its scopes and its throttles all come from here. */
export const apis: readonly ApiContract[] = [gatewayApi, ...Object.values(services).map(({ api }) => api)];
