import { objectAt, templateValues } from '../../assembly/values.ts';
import type { Resource, ResourceType } from '../../core/emulated-service.ts';
import { physicalName } from '../../core/physical-name.ts';
import type { World } from '../../core/world.ts';
import type { ScalingState } from './state/targets.ts';
import type { Measure, Tracking } from './state/tracking.ts';

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
/** Those of ECS, and what they are called here. */
const MEASURES: Readonly<Record<string, Measure>> = {
  ECSServiceAverageCPUUtilization: 'cpu',
  ECSServiceAverageMemoryUtilization: 'memory',
};
/** https://docs.aws.amazon.com/autoscaling/application/APIReference/API_TargetTrackingScalingPolicyConfiguration.html */
const DEFAULT_COOLDOWN_SECONDS = 300;

const TRACKING = 'TargetTrackingScalingPolicyConfiguration';

/** Undefined for a policy of another kind, or by another metric, which nothing looks at. */
const readTracking = (resource: Resource): Tracking | undefined => {
  const configuration = templateValues(resource).object(TRACKING);
  const values = templateValues(resource, configuration);
  const metric = templateValues(resource, objectAt(configuration, 'PredefinedMetricSpecification'));
  const measure = MEASURES[metric.text('PredefinedMetricType') ?? ''];
  const target = values.number('TargetValue');
  if (measure === undefined || target === undefined) return undefined;
  const cooldownMs = (name: string) => (values.number(name) ?? DEFAULT_COOLDOWN_SECONDS) * 1000;
  return {
    measure,
    target,
    outCooldownMs: cooldownMs('ScaleOutCooldown'),
    inCooldownMs: cooldownMs('ScaleInCooldown'),
    scalesIn: values.flag('DisableScaleIn') !== true,
  };
};

const targetOf = (resource: Resource): string => templateValues(resource).text('ScalingTargetId') ?? '';

export const scalingResourceTypes = (world: World, state: ScalingState): readonly ResourceType[] => {
  const scalableTarget: ResourceType = {
    type: 'AWS::ApplicationAutoScaling::ScalableTarget',
    honoured: ['MinCapacity', 'MaxCapacity', 'ResourceId', 'ScalableDimension', 'ServiceNamespace'],
    notEmulated: {
      RoleARN: 'permissions are not enforced here',
      ScheduledActions: 'capacity is not changed by the clock here',
      SuspendedState: 'scaling is not suspended here',
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
    honoured: [
      'PolicyName',
      'PolicyType',
      'ScalingTargetId',
      ...['TargetValue', 'ScaleOutCooldown', 'ScaleInCooldown', 'DisableScaleIn'].map((name) => `${TRACKING}.${name}`),
      `${TRACKING}.PredefinedMetricSpecification.PredefinedMetricType`,
    ],
    notEmulated: { '*': 'services of ECS scale by processor and memory only, as POST /control/tasks says these are' },
    identify: (resource) => {
      const arn = `arn:${world.partition}:autoscaling:${world.region}:${world.account}:scalingPolicy:${policyNameOf(resource)}`;
      return { ref: arn, attributes: { Arn: arn } };
    },
    repeatable: true,
    create: (resource) => {
      const tracking = readTracking(resource);
      if (tracking) state.putPolicy(targetOf(resource), policyNameOf(resource), tracking);
      else state.removePolicy(targetOf(resource), policyNameOf(resource));
    },
    remove: (resource) => state.removePolicy(targetOf(resource), policyNameOf(resource)),
  };
  return [scalableTarget, scalingPolicy];
};
