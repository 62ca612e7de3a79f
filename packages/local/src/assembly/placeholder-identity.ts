import type { Identity } from '../core/emulated-service.ts';
import type { Place, UnknownResource } from './graph.ts';

/**
 * What a resource of an unknown type answers to the policies and alarms that merely mention it: a name made of its
 * logical id, and an ARN around it. Whatever would really use it is refused before anything starts.
 */
export const placeholderIdentity = ({ logicalId, type }: UnknownResource, place: Place): Identity => {
  const service = (type.split('::')[1] ?? 'unknown').toLowerCase();
  const arn = `arn:${place.partition}:${service}:${place.region}:${place.account}:${logicalId}`;
  const attributes = new Proxy<Record<string, string>>(
    {},
    { get: (_target, name) => (String(name).endsWith('Arn') ? arn : `${logicalId}.${String(name)}`) },
  );
  return { ref: logicalId, attributes };
};
