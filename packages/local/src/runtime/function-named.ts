import { AwsError } from '../core/aws-call.ts';
import type { Resource } from '../core/emulated-service.ts';
import type { InvocationResult } from '../core/ports.ts';
import type { World } from '../core/world.ts';

/** The function whose name is, or ends in, `<service>-<function>` when `<service>/<function>` is asked for. */
const functionNamed = (resources: readonly Resource[], shortName: string): string => {
  const wanted = shortName.replace('/', '-');
  const names = resources
    .filter(({ type }) => type === 'AWS::Lambda::Function')
    .map(({ identity }) => identity?.ref ?? '');
  const exact = names.find((name) => name === wanted);
  const found = exact === undefined ? names.filter((name) => name.endsWith(`-${wanted}`)) : [exact];
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const message =
    found.length === 0
      ? `no function is named ${shortName}; there is ${names.sort().join(', ')}`
      : `${shortName} is ambiguous: ${found.join(', ')}`;
  throw new AwsError('ResourceNotFoundException', message, 404);
};

export interface NamedInvocation extends InvocationResult {
  readonly functionName: string;
}

/** Invokes a function by its short name and waits for the answer. `event` is JSON text. */
export const invokeNamed = async (
  world: World,
  resources: readonly Resource[],
  shortName: string,
  event: string,
): Promise<NamedInvocation> => {
  const functionName = functionNamed(resources, shortName);
  const request = { functionName, payload: event, source: 'operator' };
  return { functionName, ...(await world.need('functions').invoke(request)) };
};
