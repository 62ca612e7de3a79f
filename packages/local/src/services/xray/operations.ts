import type { AwsError, AwsResponse } from '../../core/aws-call.ts';
import { isObject, type Json, type JsonObject } from '../../core/json.ts';
import { parseSegment, type SegmentDocument } from './state/segment.ts';

const json = (status: number, body: Json): AwsResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

const inputOf = (body: Buffer): JsonObject => {
  try {
    const input: unknown = JSON.parse(body.toString('utf8'));
    return isObject(input) ? input : {};
  } catch {
    return {};
  }
};

const putTraceSegments = (input: JsonObject, receive: (document: SegmentDocument) => void): Json => {
  const unprocessed: Json[] = [];
  for (const text of Array.isArray(input.TraceSegmentDocuments) ? input.TraceSegmentDocuments : []) {
    const document = typeof text === 'string' ? parseSegment(text) : undefined;
    if (document) receive(document);
    else unprocessed.push({ ErrorCode: 'ParseError', Message: 'Invalid segment. ErrorCode: ParseError' });
  }
  return { UnprocessedTraceSegments: unprocessed };
};

/** The one rule every account has, with a rate that keeps every trace. */
const DEFAULT_RULE: Json = {
  RuleName: 'Default',
  RuleARN: 'arn:aws:xray:us-east-1:000000000000:sampling-rule/Default',
  Priority: 10_000,
  FixedRate: 1,
  ReservoirSize: 1,
  ServiceName: '*',
  ServiceType: '*',
  Host: '*',
  HTTPMethod: '*',
  URLPath: '*',
  ResourceARN: '*',
  Attributes: {},
  Version: 1,
};

/** The action of IAM by the path of its call. */
export const OPERATIONS: Readonly<Record<string, string>> = {
  '/TraceSegments': 'PutTraceSegments',
  '/TelemetryRecords': 'PutTelemetryRecords',
  '/GetSamplingRules': 'GetSamplingRules',
  '/SamplingTargets': 'GetSamplingTargets',
};

/** REST services answer 403 for what is not allowed. */
export const refusal = ({ code, message }: AwsError): AwsResponse => ({
  status: 403,
  headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
  body: JSON.stringify({ message }),
});

/** X-Ray's REST JSON operations that tracing libraries call (X-Ray API reference). */
export const answerXRay = (url: string, body: Buffer, receive: (document: SegmentDocument) => void): AwsResponse => {
  switch (url) {
    case '/TraceSegments':
      return json(200, putTraceSegments(inputOf(body), receive));
    case '/GetSamplingRules':
      return json(200, { SamplingRuleRecords: [{ CreatedAt: 0, ModifiedAt: 0, SamplingRule: DEFAULT_RULE }] });
    case '/SamplingTargets':
      return json(200, { LastRuleModification: 0, SamplingTargetDocuments: [], UnprocessedStatistics: [] });
    case '/TelemetryRecords':
      return json(200, {});
    default:
      return {
        ...json(400, { message: `${url} is not emulated` }),
        headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'UnknownOperationException' },
      };
  }
};
