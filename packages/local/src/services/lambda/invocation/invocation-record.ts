import { fileURLToPath } from 'node:url';
import { isList, isObject, type Json } from '../../../core/json.ts';
import type { CompletedInvocation } from './invoker.ts';

export type AsyncCondition = 'Success' | 'RetriesExhausted' | 'EventAgeExceeded';

const parsed = (text: string): Json => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** The frames of a stack that are not the function's own are of what invokes it. */
const RUNTIME_FOLDER = fileURLToPath(new URL('../../../compute/worker', import.meta.url));

/** What a function answered, with the places in its stack as on AWS: they name no folder of this machine. */
const asAnswered = (payload: string, codeFolder: string): Json => {
  const answer = parsed(payload);
  if (!isObject(answer) || !isList(answer.trace)) return answer;
  const onAws = (line: Json): Json =>
    typeof line === 'string'
      ? line.replaceAll(codeFolder, '/var/task').replaceAll(RUNTIME_FOLDER, '/var/runtime')
      : line;
  return { ...answer, trace: answer.trace.map(onAws) };
};

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html: what a destination receives. */
export const invocationRecord = (facts: {
  readonly atMs: number;
  readonly requestId: string;
  readonly functionArn: string;
  readonly condition: AsyncCondition;
  readonly invokeCount: number;
  readonly requestPayload: string;
  readonly codeFolder: string;
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
      responsePayload: answer.functionError ? asAnswered(answer.payload, facts.codeFolder) : parsed(answer.payload),
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
