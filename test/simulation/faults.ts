import type { FunctionCall, InProcessAnswer, Interception, Interceptor } from '@archipelago/local/simulation';

export interface Fault {
  /** As the table at the end names it. */
  readonly name: string;
  /** It belongs to what is asked for and not to how it is: it stays on when faults go off. */
  readonly lasting?: true;
  readonly intercept: (call: FunctionCall) => Interception | undefined;
}

export const answer = (status: number, type: string): InProcessAnswer => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-errortype': type },
  body: Buffer.from(JSON.stringify({ __type: `com.amazonaws#${type}`, message: 'a planned fault' })),
});

export const broken = (code: 'ECONNREFUSED' | 'ECONNRESET'): InProcessAnswer => ({
  status: 0,
  headers: {},
  body: Buffer.alloc(0),
  code,
});

export const targetOf = ({ request }: FunctionCall): string => request.headers['x-amz-target'] ?? '';

export const isProviderCall = ({ request }: FunctionCall): boolean =>
  request.method === 'POST' && /^\/(charges|voids|refunds)$/.test(request.path);

/** The payment provider's address refuses connections. */
export const PROVIDER_AWAY: Fault = {
  name: 'provider away',
  intercept: (call) => (isProviderCall(call) ? { when: 'before', what: broken('ECONNREFUSED') } : undefined),
};

const REFUSED_TOKEN = /"token":"tok_refused_(4\d\d)"/;

/** The provider refuses a charge for good when its token ends in this status; no word of its answer is known to callers. */
export const CHARGE_REFUSED: Fault = {
  name: 'charge refused for good',
  lasting: true,
  intercept: (call) => {
    const [, status] = REFUSED_TOKEN.exec(isProviderCall(call) ? Buffer.from(call.request.body).toString() : '') ?? [];
    if (status === undefined) return undefined;
    const problem = { type: 'https://provider.example/refused', title: 'Refused', status: Number(status) };
    const headers = { 'content-type': 'application/problem+json' };
    return { when: 'before', what: { status: Number(status), headers, body: Buffer.from(JSON.stringify(problem)) } };
  },
};

/** A queue does not exist, as while the service that owns it is not deployed. */
export const queueGone = (queue: string): Fault => ({
  name: 'queue gone',
  intercept: (call) => {
    if (!targetOf(call).startsWith('AmazonSQS.') || !Buffer.from(call.request.body).includes(queue)) return undefined;
    const { headers, ...gone } = answer(400, 'QueueDoesNotExist');
    const query = { 'x-amzn-query-error': 'AWS.SimpleQueueService.NonExistentQueue;Sender' };
    return { when: 'before', what: { ...gone, headers: { ...headers, ...query } } };
  },
});

const KINDS: readonly (readonly [name: string, fault: Interception, onlyOn?: RegExp])[] = [
  ['killed before a call', { when: 'before', what: 'kill' }],
  ['killed after a call', { when: 'after', what: 'kill' }],
  ['reply lost', { when: 'after', what: broken('ECONNRESET') }],
  ['connection refused', { when: 'before', what: broken('ECONNREFUSED') }],
  ['throttled', { when: 'before', what: answer(400, 'ThrottlingException') }, /^(DynamoDB|AmazonSQS|AWSEvents)/],
];

/** Of all calls of the system's functions the part that one of these befalls; the provider's own are not ours to spoil. */
export const callFaults = (part: number, chance: () => number): readonly Fault[] =>
  KINDS.map(([name, fault, onlyOn = /^/]) => ({
    name,
    intercept: (call) => {
      if (call.functionName.includes('payment-provider') || !onlyOn.test(targetOf(call))) return undefined;
      return chance() < part / KINDS.length ? fault : undefined;
    },
  }));

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
    if (call.functionName.includes('payment-provider')) return undefined;
    const met = conflict(call);
    return met && chance() < part ? met : undefined;
  },
});

export interface Faults extends Pick<Interceptor, 'intercept'> {
  begin(faults: readonly Fault[]): void;
  /** All of them but those that last. */
  end(): void;
  /** How often each has fired. */
  fired(): ReadonlyMap<string, number>;
}

/** The faults that are on now, and how often each fired. */
export const createFaults = (onChange: (text: string) => void): Faults => {
  let now: readonly Fault[] = [];
  const fired = new Map<string, number>();
  return {
    intercept: (call) => {
      for (const { name, intercept } of now) {
        const what = intercept(call);
        if (!what) continue;
        fired.set(name, (fired.get(name) ?? 0) + 1);
        return what;
      }
      return undefined;
    },
    begin: (faults) => {
      now = [...now.filter((fault) => fault.lasting), ...faults];
      onChange(`faults on: ${faults.map(({ name }) => name).join(', ')}`);
    },
    end: () => {
      const lasting = now.filter((fault) => fault.lasting);
      if (now.length > lasting.length) onChange('faults off');
      now = lasting;
    },
    fired: () => fired,
  };
};
