import type { ResourceType } from '../../../core/emulated-service.ts';
import type { JsonObject } from '../../../core/json.ts';

/** AWS::Lambda::Permission: kept for the control API; nothing is refused for want of one. */
export const permissionType = (permissions: Map<string, JsonObject>): ResourceType => ({
  type: 'AWS::Lambda::Permission',
  honoured: [],
  notEmulated: { '*': 'resource policies are recorded, and not enforced' },
  identify: ({ stack, logicalId }) => ({ ref: `${stack}-${logicalId}`, attributes: { Id: `${stack}-${logicalId}` } }),
  repeatable: true,
  create: ({ stack, logicalId, properties }) => {
    permissions.set(`${stack}/${logicalId}`, properties);
  },
  remove: ({ stack, logicalId }) => {
    permissions.delete(`${stack}/${logicalId}`);
  },
});
