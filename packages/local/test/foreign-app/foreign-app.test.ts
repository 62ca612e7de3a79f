import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Runtime, startRuntime } from '../../src/runtime/start-runtime.ts';
import { synthesizeGuestbook } from './guestbook.ts';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await startRuntime({ assemblyFolder: synthesizeGuestbook() });
}, 30_000);
afterAll(() => runtime.stop());

const url = (path: string) => `${runtime.apiUrl}${path}`;

describe("somebody else's CDK app", () => {
  it('answers over HTTP, and its table, stream, bus and queue pass the news on', async () => {
    const posted = await fetch(url('/entries'), { method: 'POST', body: JSON.stringify({ id: 'a', text: 'hello' }) });
    expect([posted.status, posted.headers.get('location')]).toEqual([201, '/entries/a']);
    expect(await runtime.quiesce(20_000)).toMatchObject({ quiet: true });
    const read = await fetch(url('/entries/a'));
    expect([read.status, await read.json()]).toEqual([200, { id: 'a', text: 'hello', thanked: true }]);
    expect((await fetch(url('/entries/nobody'))).status).toBe(404);
  }, 30_000);

  it('has no effect that it does not name: the topic is reported with its logical id', () => {
    expect(runtime.coverage.types).toEqual([
      { stack: 'GuestbookData', logicalId: expect.stringMatching(/^Moderators/), type: 'AWS::SNS::Topic' },
    ]);
    expect(runtime.coverage.properties.filter(({ kind }) => kind === 'unknown')).toEqual([]);
  });
});
