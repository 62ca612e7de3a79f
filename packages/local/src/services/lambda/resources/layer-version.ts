import { refuse } from '../../../assembly/values.ts';
import type { ResourceType } from '../../../core/emulated-service.ts';

export const layerVersionType: ResourceType = {
  type: 'AWS::Lambda::LayerVersion',
  honoured: ['*'],
  identify: (resource) => {
    throw refuse(resource, 'layers are not emulated', 'bundle what the layer holds with the functions');
  },
};
