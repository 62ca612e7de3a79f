import { templateValues } from '../../assembly/values.ts';
import type { Resource, ResourceType } from '../../core/emulated-service.ts';
import { physicalName } from '../../core/physical-name.ts';
import type { World } from '../../core/world.ts';
import type { ScalingState } from './state.ts';

const DIMENSION = 'ecs:service:DesiredCount';

const targetIdOf = (resource: Resource): string => {
  const values = templateValues(resource);
  return ['ResourceId', 'ScalableDimension', 'ServiceNamespace'].map((name) => values.requiredText(name)).join('|');
};

/** Only tasks scale here; undefined for a target of another service, whose capacity has no effect. */
const readTarget = (resource: Resource) => {
  const values = templateValues(resource);
  if (values.text('ScalableDimension') !== DIMENSION) return undefined;
  const min = values.number('MinCapacity') ?? 1;
  return {
    id: targetIdOf(resource),
    resourceId: values.requiredText('ResourceId'),
    min,
    max: values.number('MaxCapacity') ?? min,
  };
};

const policyNameOf = (resource: Resource): string =>
  templateValues(resource).text('PolicyName') ?? physicalName(resource);
const targetOf = (resource: Resource): string => templateValues(resource).text('ScalingTargetId') ?? '';

export const scalingResourceTypes = (world: World, state: ScalingState): readonly ResourceType[] => {
  const scalableTarget: ResourceType = {
    type: 'AWS::ApplicationAutoScaling::ScalableTarget',
    honoured: ['MinCapacity', 'MaxCapacity', 'ResourceId', 'ScalableDimension', 'ServiceNamespace'],
    notEmulated: {
      RoleARN: 'permissions are not enforced here',
      ScheduledActions: 'capacity is not changed by the clock here',
      SuspendedState: 'nothing scales here',
    },
    identify: (resource) => ({ ref: targetIdOf(resource), attributes: { Id: targetIdOf(resource) } }),
    repeatable: true,
    create: (resource) => {
      const target = readTarget(resource);
      if (!target) return;
      state.put(target);
      world.need('scaling').setCapacity(target.resourceId, target);
    },
    remove: (resource) => {
      const target = readTarget(resource);
      if (!target) return;
      state.remove(target.id);
      world.need('scaling').setCapacity(target.resourceId, undefined);
    },
  };
  const scalingPolicy: ResourceType = {
    type: 'AWS::ApplicationAutoScaling::ScalingPolicy',
    honoured: ['PolicyName', 'ScalingTargetId'],
    notEmulated: { '*': 'nothing is measured here, so no policy is evaluated' },
    identify: (resource) => {
      const arn = `arn:${world.partition}:autoscaling:${world.region}:${world.account}:scalingPolicy:${policyNameOf(resource)}`;
      return { ref: arn, attributes: { Arn: arn } };
    },
    repeatable: true,
    create: (resource) => state.putPolicy(targetOf(resource), policyNameOf(resource), resource.properties),
    remove: (resource) => state.removePolicy(targetOf(resource), policyNameOf(resource)),
  };
  return [scalableTarget, scalingPolicy];
};
