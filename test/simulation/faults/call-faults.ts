import type { FunctionCall, Interception } from '@archipelago/local/simulation';
import { answer, broken, type Fault, isProviderCall, targetOf } from '../faults.ts';

interface Kind {
  readonly name: string;
  readonly fault: Interception;
  /** What `x-amz-target` says; default: any call, to AWS or not. */
  readonly onlyOn?: RegExp;
}

const AWS = /^(DynamoDB|AmazonSQS|AWSEvents|Route53|AmazonSSM)/;

const KINDS: readonly Kind[] = [
  { name: 'killed before a call', fault: { when: 'before', what: 'kill' } },
  { name: 'killed after a call', fault: { when: 'after', what: 'kill' } },
  { name: 'reply lost', fault: { when: 'after', what: broken('ECONNRESET') } },
  { name: 'connection refused', fault: { when: 'before', what: broken('ECONNREFUSED') } },
  { name: 'never answered', fault: { when: 'before', what: 'silence' } },
  { name: 'done, never answered', fault: { when: 'after', what: 'silence' } },
  { name: 'late by seconds', fault: { when: 'before', what: { delayMs: 2_500 } } },
  { name: 'throttled', fault: { when: 'before', what: answer(400, 'ThrottlingException') }, onlyOn: AWS },
  { name: 'server error', fault: { when: 'before', what: answer(500, 'InternalServerError') }, onlyOn: AWS },
];

/** What the stand-in of the payment provider does itself is not ours to spoil. */
const isOurs = ({ functionName }: FunctionCall): boolean => !functionName.includes('payment-provider');

/** Of all calls of the system's functions the part that one of these befalls. */
export const callFaults = (part: number, chance: () => number): readonly Fault[] =>
  KINDS.map(({ name, fault, onlyOn = /^/ }) => ({
    name,
    intercept: (call) => {
      if (!isOurs(call) || !onlyOn.test(targetOf(call))) return undefined;
      return chance() < part / KINDS.length ? fault : undefined;
    },
  }));

export const CALL_FAULTS: readonly string[] = KINDS.map(({ name }) => name);

const actionsIn = ({ request }: FunctionCall): number => {
  const { TransactItems }: { readonly TransactItems?: readonly unknown[] } = JSON.parse(
    Buffer.from(request.body).toString(),
  );
  return TransactItems?.length ?? 0;
};

const transactionConflict = (call: FunctionCall): Interception => {
  const type = 'TransactionCanceledException';
  const reasons = Array.from({ length: actionsIn(call) }, (_, index) =>
    index === 0 ? { Code: 'TransactionConflict', Message: 'a planned fault' } : { Code: 'None' },
  );
  const document = { __type: `com.amazonaws.dynamodb.v20120810#${type}`, CancellationReasons: reasons };
  const codes = reasons.map(({ Code }) => Code).join(', ');
  const Message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`;
  return {
    when: 'before',
    what: { ...answer(400, type), body: Buffer.from(JSON.stringify({ ...document, Message })) },
  };
};

const WRITES_ONE = /^DynamoDB_\d+\.(Put|Update|Delete)Item$/;

/** Meets a transaction that is under way on the same item; undefined for a call that writes nothing. */
export const conflict = (call: FunctionCall): Interception | undefined => {
  const target = targetOf(call);
  if (target.endsWith('.TransactWriteItems')) return transactionConflict(call);
  return WRITES_ONE.test(target) ? { when: 'before', what: answer(400, 'TransactionConflictException') } : undefined;
};

/** Of the writes the part that meets a transaction on the same item. */
export const contention = (part: number, chance: () => number): Fault => ({
  name: 'transaction conflict',
  intercept: (call) => {
    const met = isOurs(call) ? conflict(call) : undefined;
    return met && chance() < part ? met : undefined;
  },
});

/** The provider answers nothing but errors to what gives money back. */
export const REFUNDS_FAIL: Fault = {
  name: 'refund failed',
  intercept: (call) =>
    isProviderCall(call) && call.request.path !== '/charges'
      ? { when: 'before', what: { ...answer(500, 'InternalServerError') } }
      : undefined,
};

/** Of the charges the part that is made, and answered when its caller no longer waits. */
export const lateCaptures = (part: number, chance: () => number): Fault => ({
  name: 'capture answered too late',
  intercept: (call) =>
    isProviderCall(call) && call.request.path === '/charges' && chance() < part
      ? { when: 'after', what: { delayMs: 9_000 } }
      : undefined,
});
