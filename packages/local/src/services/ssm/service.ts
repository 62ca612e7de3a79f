import type { EmulatedService } from '../../core/emulated-service.ts';
import type { World } from '../../core/world.ts';
import { jsonProtocol } from '../../http/json-protocol.ts';
import { parameterActs, parameterOperations } from './operations.ts';
import { parameterResource } from './resources.ts';
import { createParameterStore } from './state.ts';

/** Parameter Store: String and StringList, in memory. */
export const createSsmService = (world: World): EmulatedService => {
  const store = createParameterStore(world);
  return {
    signingName: 'ssm',
    handle: jsonProtocol({
      version: '1.1',
      operations: parameterOperations(store),
      resourceOf: ({ Name, Path }) => Name ?? Path,
      authorize: (operation, input, caller) =>
        world.access.demand(caller, () => parameterActs(store, operation, input)),
    }),
    resourceTypes: [parameterResource(store)],
    inspect: () => store.all().map(({ name, type, value, version }) => ({ name, type, value, version })),
  };
};
