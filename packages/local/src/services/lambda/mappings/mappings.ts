import type { ResourceType } from '../../../core/emulated-service.ts';
import type { Json } from '../../../core/json.ts';
import type { World } from '../../../core/world.ts';
import type { Invoker } from '../invocation/invoker.ts';
import type { FunctionDirectory } from '../state/function-directory.ts';
import type { Mapping } from './mapping.ts';
import { type MappingConfig, readMappingConfig } from './mapping-config.ts';
import { createSqsMapping } from './sqs-mapping.ts';
import { createStreamMapping } from './stream-mapping.ts';

export interface Mappings {
  readonly resourceType: ResourceType;
  start(): Promise<void>;
  inspect(): Json;
}

/** How far a mapping has come depends on these: a running one cannot take them over. */
const PLACE = ['kind', 'sourceArn', 'enabled', 'startingPosition', 'parallelization'] as const;

const refuseAnotherPlace = (before: MappingConfig, now: MappingConfig) => {
  const changed = PLACE.filter((name) => before[name] !== now[name]);
  if (changed.length > 0) throw new Error(`its ${changed.join(' and ')} changed`);
};

const PROPERTIES: Pick<ResourceType, 'honoured' | 'notEmulated'> = {
  honoured: [
    'EventSourceArn',
    'FunctionName',
    'Enabled',
    'BatchSize',
    'MaximumBatchingWindowInSeconds',
    'ScalingConfig',
    'FunctionResponseTypes',
    'FilterCriteria',
    'StartingPosition',
    'MaximumRetryAttempts',
    'MaximumRecordAgeInSeconds',
    'BisectBatchOnFunctionError',
    'ParallelizationFactor',
    'DestinationConfig',
    'TumblingWindowInSeconds',
  ],
  notEmulated: {
    KmsKeyArn: 'filters are not encrypted here',
    LoggingConfig: 'pollers write no log',
    MetricsConfig: 'metrics are not kept',
    ProvisionedPollerConfig: 'pollers are woken, and need no provisioning',
    StartingPositionTimestamp: 'streams are read from their oldest record or from the start of the runtime',
    Tags: 'shown by AWS only',
  },
};

/** Every AWS::Lambda::EventSourceMapping of the assembly. */
export const createMappings = (
  world: World,
  directory: FunctionDirectory,
  invoker: Invoker,
  localConcurrency: number,
): Mappings => {
  const ids = new Map<string, string>();
  const mappings: { readonly config: MappingConfig; readonly mapping: Mapping }[] = [];
  let started = false;

  const idOf = (stack: string, logicalId: string): string => {
    const key = `${stack}/${logicalId}`;
    const id = ids.get(key) ?? world.random.uuid();
    ids.set(key, id);
    return id;
  };

  return {
    resourceType: {
      type: 'AWS::Lambda::EventSourceMapping',
      ...PROPERTIES,
      identify: ({ stack, logicalId }) => {
        const id = idOf(stack, logicalId);
        const arn = `arn:${world.partition}:lambda:${world.region}:${world.account}:event-source-mapping:${id}`;
        return { ref: id, attributes: { Id: id, EventSourceMappingArn: arn } };
      },
      create: async (resource) => {
        const config = readMappingConfig(resource, idOf(resource.stack, resource.logicalId));
        const mapping =
          config.kind === 'sqs'
            ? createSqsMapping(world, directory, invoker, config, localConcurrency)
            : createStreamMapping(world, directory, invoker, config);
        mappings.push({ config, mapping });
        if (started && config.enabled) await mapping.start();
      },
      update: (resource) => {
        const id = idOf(resource.stack, resource.logicalId);
        const found = mappings.find(({ config }) => config.id === id);
        if (!found) return false;
        const now = readMappingConfig(resource, id);
        refuseAnotherPlace(found.config, now);
        // The pollers read it for each batch.
        Object.assign(found.config, now);
        return true;
      },
      remove: (resource) => {
        const at = mappings.findIndex(({ config }) => config.id === idOf(resource.stack, resource.logicalId));
        for (const { mapping } of at < 0 ? [] : mappings.splice(at, 1)) mapping.stop();
      },
    },
    start: async () => {
      started = true;
      for (const { config, mapping } of mappings) if (config.enabled) await mapping.start();
    },
    inspect: () =>
      mappings.map(({ config, mapping }) => ({
        id: config.id,
        logicalId: config.logicalId,
        source: config.sourceArn,
        functionName: config.functionName,
        state: config.enabled ? 'Enabled' : 'Disabled',
        ...mapping.inspect(),
      })),
  };
};
