import { afterEach, describe, expect, it } from '@jest/globals';
import { type Lab, openLab } from './lambda-lab.ts';

let lab: Lab;
afterEach(() => lab.close());

const ROUNDS = 10;

describe('an environment that ends behind its answer', () => {
  it.each(['reject', 'throw', 'exit', 'memory'])('leaves the answer and serves no other caller: %s', async (kind) => {
    lab = await openLab({ limits: { perFunction: 1 } });
    await lab.addProbe('trouble', { Timeout: 30, MemorySize: 32 });
    const ask = (rawQueryString: string) => lab.invoke('trouble', { rawQueryString });
    for (let round = 0; round < (kind === 'memory' ? 1 : ROUNDS); round++) {
      const answers = await Promise.all([ask('none'), ask(kind), ask('none')]);
      expect(answers.map(({ payload }) => payload)).toEqual(['"early"', '"early"', '"early"']);
      expect(await ask('none')).toMatchObject({ payload: '"early"' });
    }
    const invocations = lab.entries('invocations');
    const troubled = invocations[1]?.environmentId;
    expect(invocations.slice(2).map(({ environmentId }) => environmentId)).not.toContain(troubled);
    expect(invocations[2]).toMatchObject({ coldStart: true });
  });

  it('says so in the logs of its function', async () => {
    lab = await openLab();
    await lab.addProbe('trouble');
    await lab.invoke('trouble', { rawQueryString: 'reject' });
    await lab.until(() => lab.entries('logs').length > 0);
    expect(lab.entries('logs')).toMatchObject([
      { level: 'ERROR', functionName: 'trouble', message: expect.stringContaining('TypeError: behind the answer') },
    ]);
  });
});
