import { beforeEach, describe, expect, it } from '@jest/globals';
import { scheduledHandler } from '../../../functions/edge/messages/schedule.ts';
import { count } from '../../../functions/kernel/ports/metrics.ts';
import { lambdaContext } from '../../support/lambda-context.ts';
import { createRecordingRuntime, type RecordingRuntime } from '../../support/recording-runtime.ts';

let runtime: RecordingRuntime;
beforeEach(() => {
  runtime = createRecordingRuntime();
});

const run = (handle: Parameters<typeof scheduledHandler>[0]) =>
  scheduledHandler(handle, runtime)({ id: 'event-1' }, lambdaContext(900));

describe('a function behind a schedule', () => {
  it('is given the event as the cause of what follows, and the time that is left', async () => {
    const seen: unknown[] = [];
    await run(async ({ cause, log, remainingMs }) => {
      seen.push(cause, remainingMs());
      log.info('swept');
    });
    const correlationId = 'ID000000000000000000000001';
    expect(seen).toEqual([{ correlationId, causationId: 'event-1' }, 900]);
    expect(runtime.entries[0]).toMatchObject({ message: 'swept', fields: { correlationId } });
    expect(runtime.measures).toEqual([]);
  });

  it.each([{}, { id: '' }])('begins nothing for an event that names no cause: %j', async (event) => {
    let runs = 0;
    const handler = scheduledHandler(async () => {
      runs += 1;
    }, runtime);
    await expect(handler(JSON.parse(JSON.stringify(event)), lambdaContext())).rejects.toThrow(/has no id/);
    expect(runs).toBe(0);
  });

  // Smell 3: a failure that is swallowed.
  it('fails with what its work throws, so that Lambda repeats it and the alarm sees it', async () => {
    await expect(run(() => Promise.reject(new Error('table is down')))).rejects.toThrow('table is down');
    expect(runtime.entries).toContainEqual(
      expect.objectContaining({
        level: 'error',
        message: 'schedule failed',
        fields: expect.objectContaining({ correlationId: 'ID000000000000000000000001' }),
      }),
    );
    expect(runtime.measures).toEqual([{ errors: count(1) }]);
  });

  it('answers only when all work is done', async () => {
    let finish = () => {};
    const gate = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const running = run(() => gate).then(() => 'done');
    const early = await Promise.race([running, new Promise((resolve) => setImmediate(() => resolve('waiting')))]);
    expect(early).toBe('waiting');
    finish();
    expect(await running).toBe('done');
  });
});
