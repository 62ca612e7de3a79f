import { templateValues } from '../../../assembly/values.ts';
import type { ResourceType } from '../../../core/emulated-service.ts';
import { physicalName } from '../../../core/physical-name.ts';
import type { World } from '../../../core/world.ts';

export const clusterType = ({ partition, region, account }: World): ResourceType => ({
  type: 'AWS::ECS::Cluster',
  honoured: ['ClusterName'],
  notEmulated: { '*': 'tasks run on this machine' },
  identify: (resource) => {
    const name = templateValues(resource).text('ClusterName') ?? physicalName(resource);
    return { ref: name, attributes: { Arn: `arn:${partition}:ecs:${region}:${account}:cluster/${name}` } };
  },
});
