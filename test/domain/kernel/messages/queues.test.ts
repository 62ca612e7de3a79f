import { describe, expect, it } from '@jest/globals';
import { kebabName, queueOf } from '../../../../functions/kernel/messages/queue-name.ts';
import { hiddenSeconds, longestHiddenSeconds } from '../../../../functions/kernel/messages/redelivery.ts';

describe('the queue of a command', () => {
  it('has the name of service and command, whatever the version', () => {
    expect(queueOf({ service: 'catalog', type: 'ReserveStock.v1' })).toBe('catalog-reserve-stock');
    expect(queueOf({ service: 'catalog', type: 'ReserveStock.v12' })).toBe('catalog-reserve-stock');
    expect(['Ping.v1', 'Ask2Times', 'A.v1.v2', 'AB'].map(kebabName)).toEqual(['ping', 'ask2-times', 'a.v1', 'ab']);
  });
});

describe('a message that failed', () => {
  it('is hidden twice as long each time, up to 15 minutes', () => {
    expect([1, 2, 3, 9, 10, 50].map(longestHiddenSeconds)).toEqual([2, 4, 8, 512, 900, 900]);
  });

  it('is hidden for up to a quarter less, in whole seconds', () => {
    expect(hiddenSeconds(3, () => 0)).toBe(8);
    expect(hiddenSeconds(3, () => 0.5)).toBe(7);
    expect(hiddenSeconds(10, () => 0.999)).toBe(676);
  });
});
