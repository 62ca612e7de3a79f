import { describe, expect, it } from '@jest/globals';
import {
  baseEnvironment,
  defineEnvironment,
  readEnvironment,
  writeEnvironment,
} from '../../../../functions/kernel/values/environment.ts';
import { outboxEnvironment } from '../../../../functions/kernel/values/outbox-environment.ts';

const contract = defineEnvironment({ tableName: 'text', longestWaitMs: 'integer' });

describe('the environment of a function', () => {
  it('is read as it was written', () => {
    const values = { tableName: 'orders', longestWaitMs: -20 };
    const written = writeEnvironment(contract, values);
    expect(written).toEqual({ TABLE_NAME: 'orders', LONGEST_WAIT_MS: '-20' });
    expect(readEnvironment(contract, { ...written, OTHER: 'x' })).toEqual(values);
  });

  it.each([
    [{}, 'TABLE_NAME, LONGEST_WAIT_MS'],
    [{ TABLE_NAME: '', LONGEST_WAIT_MS: '1' }, 'TABLE_NAME'],
    [{ TABLE_NAME: 't', LONGEST_WAIT_MS: '' }, 'LONGEST_WAIT_MS'],
    [{ TABLE_NAME: 't', LONGEST_WAIT_MS: '1.5' }, 'LONGEST_WAIT_MS'],
    [{ TABLE_NAME: 't', LONGEST_WAIT_MS: 'x1' }, 'LONGEST_WAIT_MS'],
    [{ TABLE_NAME: 't', LONGEST_WAIT_MS: '1x' }, 'LONGEST_WAIT_MS'],
  ])('is refused when it is %j, and every variable that is wrong is named', (source, names) => {
    expect(() => readEnvironment(contract, source)).toThrow(new Error(`environment: missing or malformed ${names}`));
  });

  it('has the service, the stage and the prefix for each, and its table for an outbox', () => {
    expect(baseEnvironment.variables).toEqual({ service: 'text', stage: 'text', prefix: 'text' });
    expect(outboxEnvironment.variables).toEqual({ outboxTableName: 'text' });
  });
});
