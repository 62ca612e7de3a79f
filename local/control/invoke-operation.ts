import { type ControlOperation, ControlRefusal } from './control-operation.ts';
import { functionNamed } from './function-named.ts';

/** `{function: "<service>/<function>", event}` → `{functionName, requestId, functionError?, payload}`. */
export const invokeOperation: ControlOperation = {
  method: 'POST',
  run: async ({ world, resources }, { function: shortName, event = {} }) => {
    if (typeof shortName !== 'string') throw new ControlRefusal(400, 'function is missing, e.g. "users/get-user"');
    const functionName = functionNamed(resources, shortName);
    const result = await world
      .need('functions')
      .invoke({ functionName, payload: JSON.stringify(event), source: 'control invoke' });
    const payload: unknown = result.payload === '' ? null : JSON.parse(result.payload);
    return { body: { functionName, ...result, payload } };
  },
};
