import { describe, expect, it } from '@jest/globals';
import { createDrops, NOTHING, readWithout, type Without, writeWithout } from './drops.ts';
import { shrink } from './shrink.ts';

const COUNTS = { order: 12, cancel: 3, erase: 0, fault: 300 };

/** Breaks when the third order and two of the faults take place while things come late. */
const playWithout = async (without: Without) => {
  const drops = createDrops(without);
  const kept = (piece: 'order' | 'fault', count: number) =>
    Array.from({ length: count }, (_, index) => (drops.keeps(piece) ? index + 1 : 0));
  const orders = kept('order', COUNTS.order);
  const faults = kept('fault', COUNTS.fault);
  const breaks = orders.includes(3) && faults.includes(7) && faults.includes(250) && drops.calmed.late === undefined;
  return { broken: breaks ? ['I2 money'] : [], counts: COUNTS };
};

describe('a story that breaks a promise', () => {
  it('is cut to what it needs', async () => {
    const { without, runs } = await shrink(await playWithout(NOTHING), playWithout, () => true);
    expect(writeWithout(without)).toBe(
      'order:1-2,order:4-12,cancel:1-3,fault:1-6,fault:8-249,fault:251-300,repeats,splits,coldStarts,skewMs',
    );
    expect(runs).toBeLessThan(80);
  });

  it('keeps what it has when the time is over', async () => {
    let left = 6;
    const { without, runs } = await shrink(await playWithout(NOTHING), playWithout, () => left-- > 0);
    expect(runs).toBe(6);
    expect(writeWithout(without)).toBe('repeats,splits,coldStarts,skewMs');
  });

  it('does not turn into another one', async () => {
    const other = async () => ({ broken: ['I1 stock'], counts: COUNTS });
    const { without } = await shrink(await playWithout(NOTHING), other, () => true);
    expect(writeWithout(without)).toBe('');
  });

  it('keeps what a story cannot be played without', async () => {
    const needsOrders = async (without: Without) => {
      if (without.pieces.order?.includes(1)) throw new Error('an order is needed');
      return playWithout(without);
    };
    const { without } = await shrink(await playWithout(NOTHING), needsOrders, () => true);
    expect(writeWithout(without)).toBe(
      'order:2,order:4-12,cancel:1-3,fault:1-6,fault:8-249,fault:251-300,repeats,splits,coldStarts,skewMs',
    );
  });

  it('is written in a line that can be read again', () => {
    const text = 'order:1-2,order:4,fault:8-10,late';
    const without = readWithout(text);
    expect(without && writeWithout(without)).toBe(text);
    expect(readWithout('orders:1')).toBeUndefined();
    expect(readWithout('order:x')).toBeUndefined();
  });
});
