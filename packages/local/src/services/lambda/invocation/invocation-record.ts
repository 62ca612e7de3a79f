import type { Json } from '../../../core/json.ts';
import type { CompletedInvocation } from './invoker.ts';

export type AsyncCondition = 'Success' | 'RetriesExhausted' | 'EventAgeExceeded';

const parsed = (text: string): Json => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html: what a destination receives. */
export const invocationRecord = (facts: {
  readonly atMs: number;
  readonly requestId: string;
  readonly functionArn: string;
  readonly condition: AsyncCondition;
  readonly invokeCount: number;
  readonly requestPayload: string;
  readonly answer: CompletedInvocation | undefined;
}): string => {
  const { answer } = facts;
  return JSON.stringify({
    version: '1.0',
    timestamp: new Date(facts.atMs).toISOString(),
    requestContext: {
      requestId: facts.requestId,
      functionArn: facts.functionArn,
      condition: facts.condition,
      approximateInvokeCount: facts.invokeCount,
    },
    requestPayload: parsed(facts.requestPayload),
    ...(answer && {
      responseContext: {
        statusCode: 200,
        executedVersion: answer.executedVersion,
        ...(answer.functionError && { functionError: answer.functionError }),
      },
      responsePayload: parsed(answer.payload),
    }),
  });
};

/** A bus gets the record as the detail of an event of Lambda's, other destinations as it is. */
export const recordFor = (
  destination: string,
  record: string,
  functionArn: string,
  condition: AsyncCondition,
): string => {
  if (destination.split(':')[2] !== 'events') return record;
  return JSON.stringify({
    source: 'lambda',
    'detail-type': `Lambda Function Invocation Result - ${condition === 'Success' ? 'Success' : 'Failure'}`,
    resources: [destination, functionArn],
    detail: parsed(record),
  });
};
