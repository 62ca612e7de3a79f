import type { Resource } from '../core/emulated-service.ts';
import { ControlRefusal } from './control-operation.ts';

/** The function whose name is, or ends in, `<service>-<function>` when `<service>/<function>` is asked for. */
export const functionNamed = (resources: readonly Resource[], shortName: string): string => {
  const wanted = shortName.replace('/', '-');
  const names = resources
    .filter(({ type }) => type === 'AWS::Lambda::Function')
    .map(({ identity }) => identity?.ref ?? '');
  const exact = names.find((name) => name === wanted);
  const found = exact === undefined ? names.filter((name) => name.endsWith(`-${wanted}`)) : [exact];
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  throw new ControlRefusal(
    404,
    found.length === 0
      ? `no function is named ${shortName}; there is ${names.sort().join(', ')}`
      : `${shortName} is ambiguous: ${found.join(', ')}`,
  );
};
