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

/** Every AWS::Lambda::EventSourceMapping of the assembly. */
export const createMappings = (
  world: World,
  directory: FunctionDirectory,
  invoker: Invoker,
  localConcurrency: number,
): Mappings => {
  const ids = new Map<string, string>();
  const mappings: { readonly config: MappingConfig; readonly mapping: Mapping }[] = [];

  const idOf = (stack: string, logicalId: string): string => {
    const key = `${stack}/${logicalId}`;
    const id = ids.get(key) ?? world.random.uuid();
    ids.set(key, id);
    return id;
  };

  return {
    resourceType: {
      type: 'AWS::Lambda::EventSourceMapping',
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
      identify: ({ stack, logicalId }) => {
        const id = idOf(stack, logicalId);
        const arn = `arn:${world.partition}:lambda:${world.region}:${world.account}:event-source-mapping:${id}`;
        return { ref: id, attributes: { Id: id, EventSourceMappingArn: arn } };
      },
      create: (resource) => {
        const config = readMappingConfig(resource, idOf(resource.stack, resource.logicalId));
        const mapping =
          config.kind === 'sqs'
            ? createSqsMapping(world, invoker, config, localConcurrency)
            : createStreamMapping(world, directory, invoker, config);
        mappings.push({ config, mapping });
      },
    },
    start: async () => {
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
