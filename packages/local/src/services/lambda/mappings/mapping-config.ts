import { refuse, templateValues } from '../../../assembly/values.ts';
import type { Resource } from '../../../core/emulated-service.ts';
import { isObject, type Json, type JsonObject } from '../../../core/json.ts';
import { physicalName } from '../../../core/physical-name.ts';
import { messageOf } from '../../../core/thrown.ts';
import { checkPattern } from '../../../language/event-pattern/matches-pattern.ts';

/** One AWS::Lambda::EventSourceMapping as the template configures it. */
export interface MappingConfig {
  readonly id: string;
  readonly logicalId: string;
  /** The same in every run, unlike its id. */
  readonly name: string;
  readonly kind: 'sqs' | 'dynamodb';
  readonly sourceArn: string;
  /** Name or ARN, with its qualifier. */
  readonly functionName: string;
  readonly enabled: boolean;
  readonly batchSize: number;
  readonly windowMs: number;
  /** Batches in flight at once; undefined = as many as the function's environments. */
  readonly maxConcurrency: number | undefined;
  readonly reportsFailures: boolean;
  /** A record passes when one of them matches; none at all lets every record pass. */
  readonly patterns: readonly JsonObject[];
  readonly startingPosition: 'TRIM_HORIZON' | 'LATEST';
  /** -1 = until the record expires. */
  readonly maxRetries: number;
  readonly maxRecordAgeMs: number;
  readonly bisects: boolean;
  readonly parallelization: number;
  readonly onFailureArn: string | undefined;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html and with-ddb.html */
const DEFAULT_BATCH_SIZE = { sqs: 10, dynamodb: 100 };
/** A stream keeps its records for 24 hours. */
const STREAM_RETENTION_MS = 24 * 3_600_000;
/** Batches of a queue above this size need a window to gather in. */
const MAX_BATCH_WITHOUT_WINDOW = 10;

const kindOf = (resource: Resource, sourceArn: string): MappingConfig['kind'] => {
  const service = sourceArn.split(':')[2];
  if (service === 'sqs' || service === 'dynamodb') return service;
  throw refuse(resource, `event source ${sourceArn} is not emulated`, 'use an SQS queue or a DynamoDB stream');
};

const parsedPattern = (text: string): JsonObject => {
  const pattern: Json = JSON.parse(text);
  if (!isObject(pattern)) throw new Error('it is not an object');
  checkPattern(pattern);
  return pattern;
};

/** A pattern is checked here: one that is found to be wrong with the first message would stop its mapping. */
const patternOf = (resource: Resource, filter: Json): JsonObject => {
  const text = isObject(filter) ? (filter.Pattern ?? '{}') : undefined;
  if (typeof text !== 'string') {
    throw refuse(resource, 'a filter is an object with a Pattern, which is JSON text', 'correct FilterCriteria');
  }
  try {
    return parsedPattern(text);
  } catch (error) {
    throw refuse(resource, `filter pattern ${text} is not valid: ${messageOf(error)}`, 'correct FilterCriteria');
  }
};

const patternsOf = (resource: Resource): JsonObject[] =>
  templateValues(resource, templateValues(resource).object('FilterCriteria'))
    .list('Filters')
    .map((filter) => patternOf(resource, filter));

const startingPositionOf = (resource: Resource): MappingConfig['startingPosition'] => {
  const position = templateValues(resource).text('StartingPosition') ?? 'LATEST';
  if (position === 'TRIM_HORIZON' || position === 'LATEST') return position;
  throw refuse(resource, `StartingPosition is ${position}`, 'choose TRIM_HORIZON or LATEST');
};

const onFailureOf = (destinations: JsonObject): string | undefined => {
  const { OnFailure: onFailure } = destinations;
  return isObject(onFailure) && typeof onFailure.Destination === 'string' ? onFailure.Destination : undefined;
};

export const readMappingConfig = (resource: Resource, id: string): MappingConfig => {
  const values = templateValues(resource);
  const sourceArn = values.requiredText('EventSourceArn');
  const kind = kindOf(resource, sourceArn);
  if ((values.number('TumblingWindowInSeconds') ?? 0) > 0) {
    throw refuse(resource, 'tumbling windows are not emulated', 'leave out TumblingWindowInSeconds');
  }
  const batchSize = values.number('BatchSize') ?? DEFAULT_BATCH_SIZE[kind];
  const windowMs = (values.number('MaximumBatchingWindowInSeconds') ?? 0) * 1000;
  if (kind === 'sqs' && batchSize > MAX_BATCH_WITHOUT_WINDOW && windowMs === 0) {
    throw refuse(resource, `BatchSize ${batchSize} needs a batching window`, 'set MaximumBatchingWindowInSeconds');
  }
  const maxAgeSeconds = values.number('MaximumRecordAgeInSeconds') ?? -1;
  return {
    id,
    logicalId: resource.logicalId,
    name: physicalName(resource),
    kind,
    sourceArn,
    functionName: values.requiredText('FunctionName'),
    enabled: values.flag('Enabled') ?? true,
    batchSize,
    windowMs,
    maxConcurrency: templateValues(resource, values.object('ScalingConfig')).number('MaximumConcurrency'),
    reportsFailures: values.list('FunctionResponseTypes').includes('ReportBatchItemFailures'),
    patterns: patternsOf(resource),
    startingPosition: startingPositionOf(resource),
    maxRetries: values.number('MaximumRetryAttempts') ?? -1,
    maxRecordAgeMs: maxAgeSeconds < 0 ? STREAM_RETENTION_MS : maxAgeSeconds * 1000,
    bisects: values.flag('BisectBatchOnFunctionError') ?? false,
    parallelization: values.number('ParallelizationFactor') ?? 1,
    onFailureArn: onFailureOf(values.object('DestinationConfig')),
  };
};
