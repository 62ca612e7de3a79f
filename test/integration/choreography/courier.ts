import type { Message } from '../../../functions/kernel/messages/message.ts';
import type { Shop } from './shop.ts';

/** mulberry32, so that a seed repeats a run. */
export const chance = (seed: number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

interface Parcel {
  readonly message: Message;
  readonly isDelayed: boolean;
}

const REPEATED = 0.2;
const EARLY_DEADLINE = 0.02;
const TRIES = 20_000;

/** Delivers what the rows say in any order, some of it twice and some at once, until nothing is left. */
export const deliverAll = async (
  shop: Shop,
  random: () => number,
  meanwhile: () => Promise<void> = async () => {},
): Promise<void> => {
  const known = new Set<string>();
  const underWay: Parcel[] = [];
  const collect = () => {
    for (const table of Object.values(shop.tables))
      for (const { message, destination } of table.sent()) {
        if (known.has(message.metadata.id)) continue;
        known.add(message.metadata.id);
        underWay.push({ message, isDelayed: destination.kind === 'queue' && destination.delaySeconds !== undefined });
      }
  };
  /** A deadline comes after everything else, but for the few that find their order still waiting. */
  const pick = (): Parcel | undefined => {
    const ready = underWay.filter(({ isDelayed }) => !isDelayed || random() < EARLY_DEADLINE);
    const from = ready.length > 0 ? ready : underWay;
    return from[Math.floor(random() * from.length)];
  };

  for (let tries = 0; tries < TRIES; tries += 1) {
    collect();
    const parcel = pick();
    if (!parcel) return;
    const copies = random() < REPEATED ? 2 : 1;
    const deliveries = await Promise.allSettled([
      ...Array.from({ length: copies }, () => shop.deliver(parcel.message)),
      meanwhile(),
    ]);
    if (deliveries.every(({ status }) => status === 'fulfilled') && random() >= REPEATED)
      underWay.splice(underWay.indexOf(parcel), 1);
  }
  throw new Error(`${underWay.length} messages are still under way: ${underWay.map(({ message }) => message.type)}`);
};
