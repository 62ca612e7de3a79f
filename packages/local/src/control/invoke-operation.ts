import { invokeNamed } from '../runtime/function-named.ts';
import { type ControlOperation, ControlRefusal } from './control-operation.ts';

/** `{function: "<service>/<function>", event}` → `{functionName, requestId, payload, functionError?}`; payload is JSON text. */
export const invokeOperation: ControlOperation = {
  method: 'POST',
  run: async ({ world, resources }, { function: shortName, event = {} }) => {
    if (typeof shortName !== 'string') throw new ControlRefusal(400, 'function is missing, e.g. "users/get-user"');
    return { body: await invokeNamed(world, resources, shortName, JSON.stringify(event)) };
  },
};
