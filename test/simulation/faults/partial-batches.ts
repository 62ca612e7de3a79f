import type { FunctionCall, InProcessAnswer, Rewrite } from '@archipelago/local/simulation';
import { type Fault, targetOf } from '../faults.ts';

type Entry = Readonly<Record<string, unknown>>;

const entriesIn = (body: Uint8Array): readonly Entry[] => {
  const { Entries = [] }: { readonly Entries?: readonly Entry[] } = JSON.parse(Buffer.from(body).toString());
  return Entries;
};

const parse = (answer: InProcessAnswer | undefined): Readonly<Record<string, readonly Entry[] | undefined>> =>
  answer?.status === 200 ? JSON.parse(answer.body.toString()) : {};

const EVENT_FAILED = { ErrorCode: 'InternalFailure', ErrorMessage: 'a planned fault' };

/** The answer keeps the order of the entries. */
const eventsAnswer = (failed: readonly boolean[], answer: InProcessAnswer | undefined) => {
  const taken = [...(parse(answer).Entries ?? [])];
  const Entries = failed.map((fails) => (fails ? EVENT_FAILED : (taken.shift() ?? EVENT_FAILED)));
  return { FailedEntryCount: Entries.filter((entry) => 'ErrorCode' in entry).length, Entries };
};

const messagesAnswer = (entries: readonly Entry[], failed: readonly boolean[], answer: InProcessAnswer | undefined) => {
  const { Successful = [], Failed = [] } = parse(answer);
  const refused = entries
    .filter((_, index) => failed[index])
    .map(({ Id }) => ({ Id, Code: 'InternalError', Message: 'a planned fault', SenderFault: false }));
  return { Successful, Failed: [...Failed, ...refused] };
};

const rewrite = ({ request }: FunctionCall, failed: readonly boolean[]): Rewrite => {
  const entries = entriesIn(request.body);
  const rest = entries.filter((_, index) => !failed[index]);
  const body = Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(request.body).toString()), Entries: rest }));
  const isEvents = request.headers['x-amz-target']?.endsWith('.PutEvents') === true;
  const headers = { ...request.headers, 'content-length': String(body.length) };
  return {
    request: rest.length > 0 ? { ...request, headers, body } : undefined,
    answerOf: (answer) => ({
      status: 200,
      headers: answer?.headers ?? { 'content-type': 'application/x-amz-json-1.1' },
      body: Buffer.from(
        JSON.stringify(isEvents ? eventsAnswer(failed, answer) : messagesAnswer(entries, failed, answer)),
      ),
    }),
  };
};

/** Of the batches the part of which some entries fail, with status 200. */
export const partialBatches = (part: number, chance: () => number): readonly Fault[] =>
  ['PutEvents', 'SendMessageBatch'].map((operation) => ({
    name: `partial ${operation}`,
    intercept: (call) => {
      if (!targetOf(call).endsWith(`.${operation}`) || chance() >= part) return undefined;
      const entries = entriesIn(call.request.body);
      const first = Math.floor(chance() * entries.length);
      const failed = entries.map((_, index) => index === first || chance() < 0.5);
      return { when: 'before', what: rewrite(call, failed) };
    },
  }));
