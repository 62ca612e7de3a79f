import { count, milliseconds } from '../../kernel/ports/metrics.ts';
import type { Runtime } from '../../kernel/ports/runtime.ts';
import { type ParkedMessage, parkedMessages, putOffWrites, unparkWrite } from '../../kernel/stores/parking.ts';
import type { Table } from '../../kernel/stores/table.ts';
import { scheduledHandler } from './schedule.ts';
import { createSender, type SenderPorts } from './sender.ts';

export interface ResendPorts extends SenderPorts {
  readonly table: Table;
}

/** Sent in one go; the next run goes on where the time of this one ends. */
const LOT = 25;
const MARGIN_MS = 10_000;

/** How many parked messages are looked at for the age of the oldest. */
const LOOKED_AT = 1_000;

/** The function that sends again, with growing pauses, what the relay parked. It gives up on nothing. */
export const resendHandler = ({ table, ...ports }: ResendPorts, runtime: Runtime) => {
  const { clock, metrics, random } = runtime;

  /** Returns whether there was any that is due. */
  const resendLot = async (send: ReturnType<typeof createSender>): Promise<boolean> => {
    const nowMs = clock.now();
    const due = (await parkedMessages(table, LOT)).filter(({ nextAttemptAtMs }) => nextAttemptAtMs <= nowMs);
    if (due.length === 0) return false;
    const unsent = new Set<ParkedMessage>(await send(due));
    await table.commit(
      due.flatMap((parked) => (unsent.has(parked) ? putOffWrites(parked, nowMs, random) : [unparkWrite(parked)])),
    );
    return true;
  };

  return scheduledHandler(async ({ log, remainingMs }) => {
    const send = createSender(ports, runtime);
    let isMore = true;
    while (isMore && remainingMs() > MARGIN_MS) isMore = await resendLot(send);
    const left = await parkedMessages(table, LOOKED_AT);
    const oldestMs = Math.min(...left.map(({ parkedAtMs }) => parkedAtMs), clock.now());
    metrics.record({ parkedNow: count(left.length), oldestParked: milliseconds(clock.now() - oldestMs) });
    if (left.length > 0) log.warn('messages are parked', { parked: left.length, oldestMs });
  }, runtime);
};
