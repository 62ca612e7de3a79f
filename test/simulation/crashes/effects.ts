import type { FunctionCall, Interception } from '@archipelago/local/simulation';
import { conflict } from '../faults/call-faults.ts';
import { answer, broken, targetOf } from '../faults.ts';

/** `killed`: its function ends. `answered`: it is answered with a fault, once or until faults end. */
export const FAMILIES = ['killed', 'once', 'lasting'] as const;
export type Family = (typeof FAMILIES)[number];

/** What can become of a call. */
export interface Effect {
  readonly name: string;
  readonly kills: boolean;
  /** Undefined for a call that this cannot happen to. */
  readonly of: (call: FunctionCall) => Interception | undefined;
}

const always = (name: string, interception: Interception, kills = false): Effect => ({
  name,
  kills,
  of: () => interception,
});

const problem = (status: number) => ({
  status,
  headers: { 'content-type': 'application/problem+json' },
  body: Buffer.from(JSON.stringify({ type: 'about:blank', title: 'a planned fault', status })),
});

/** An AWS service answers in its own form, an HTTP API with a problem. */
const answered = (name: string, awsStatus: number, awsType: string, httpStatus: number): Effect => ({
  name,
  kills: false,
  of: (call) => ({
    when: 'before',
    what: targetOf(call) === '' ? problem(httpStatus) : answer(awsStatus, awsType),
  }),
});

const failedEntries = ({ request }: FunctionCall) => {
  const { Entries = [] }: { readonly Entries?: readonly { readonly Id?: string }[] } = JSON.parse(
    Buffer.from(request.body).toString(),
  );
  return Entries;
};

const whole = (body: object) => ({
  status: 200,
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body: Buffer.from(JSON.stringify(body)),
});

/** Status 200, and every entry of the batch is refused in it. */
const partly: Effect = {
  name: 'entries-refused',
  kills: false,
  of: (call) => {
    const entries = () => failedEntries(call);
    if (targetOf(call) === 'AWSEvents.PutEvents') {
      const Entries = entries().map(() => ({ ErrorCode: 'InternalFailure', ErrorMessage: 'a planned fault' }));
      return { when: 'before', what: whole({ FailedEntryCount: Entries.length, Entries }) };
    }
    if (targetOf(call) !== 'AmazonSQS.SendMessageBatch') return undefined;
    const Failed = entries().map(({ Id }) => ({ Id, Code: 'InternalError', SenderFault: false }));
    return { when: 'before', what: whole({ Successful: [], Failed }) };
  },
};

export const EFFECTS: readonly Effect[] = [
  always('killed-before', { when: 'before', what: 'kill' }, true),
  always('killed-after', { when: 'after', what: 'kill' }, true),
  always('unanswered', { when: 'before', what: 'silence' }),
  always('reply-lost', { when: 'after', what: broken('ECONNRESET') }),
  answered('throttled', 400, 'ThrottlingException', 429),
  answered('failed', 500, 'InternalServerError', 500),
  { name: 'conflicted', kills: false, of: conflict },
  partly,
];
