import type { FunctionCall, InProcessAnswer } from '@archipelago/local/simulation';
import { describe, expect, it } from '@jest/globals';
import { partialBatches } from './partial-batches.ts';

const callOf = (target: string, Entries: readonly object[]): FunctionCall => ({
  functionName: 'relay',
  request: {
    method: 'POST',
    host: 'localhost',
    port: 1,
    path: '/',
    headers: { 'x-amz-target': target },
    body: Buffer.from(JSON.stringify({ Entries })),
  },
});

const answerOf = (body: object): InProcessAnswer => ({
  status: 200,
  headers: {},
  body: Buffer.from(JSON.stringify(body)),
});

/** The second entry fails; what is drawn is the same each time. */
const [events, messages] = partialBatches(1, () => 0.5);

const rewritten = (fault: typeof events, call: FunctionCall) => {
  const what = fault?.intercept(call)?.what;
  if (typeof what !== 'object' || !('answerOf' in what)) throw new Error('not rewritten');
  return {
    sent: what.request && JSON.parse(Buffer.from(what.request.body).toString()).Entries,
    answer: (body?: object) => JSON.parse(what.answerOf(body && answerOf(body)).body.toString()),
  };
};

describe('a batch of which a part fails', () => {
  it('sends the others on, and answers in the order of the entries', () => {
    const { sent, answer } = rewritten(
      events,
      callOf('AWSEvents.PutEvents', [{ Detail: 'a' }, { Detail: 'b' }, { Detail: 'c' }]),
    );
    expect(sent).toEqual([{ Detail: 'a' }, { Detail: 'c' }]);
    expect(answer({ FailedEntryCount: 0, Entries: [{ EventId: '1' }, { EventId: '2' }] })).toEqual({
      FailedEntryCount: 1,
      Entries: [{ EventId: '1' }, expect.objectContaining({ ErrorCode: 'InternalFailure' }), { EventId: '2' }],
    });
  });

  it('names the messages that failed by their ids', () => {
    const { sent, answer } = rewritten(messages, callOf('AmazonSQS.SendMessageBatch', [{ Id: 'a' }, { Id: 'b' }]));
    expect(sent).toEqual([{ Id: 'a' }]);
    expect(answer({ Successful: [{ Id: 'a' }] })).toEqual({
      Successful: [{ Id: 'a' }],
      Failed: [expect.objectContaining({ Id: 'b' })],
    });
  });

  it('of one entry is not sent at all', () => {
    const { sent, answer } = rewritten(events, callOf('AWSEvents.PutEvents', [{ Detail: 'a' }]));
    expect(sent).toBeUndefined();
    expect(answer()).toMatchObject({ FailedEntryCount: 1 });
  });
});
