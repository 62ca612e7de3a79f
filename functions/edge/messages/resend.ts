import type { Context, ScheduledEvent } from 'aws-lambda';
import { count, milliseconds } from '../../kernel/ports/metrics.ts';
import type { Runtime } from '../../kernel/ports/runtime.ts';
import { type ParkedMessage, parkedMessages, putOffWrites, unparkWrite } from '../../kernel/stores/parking.ts';
import type { Table } from '../../kernel/stores/table.ts';
import type { JsonObject } from '../../kernel/values/json.ts';
import { type CatchUpPorts, createCatchUp } from './catch-up.ts';
import { invocationHandler } from './invocation.ts';
import { scheduledHandler } from './schedule.ts';
import { createSender } from './sender.ts';

export interface ResendPorts extends CatchUpPorts {
  readonly table: Table;
}

/** Of its schedule, or of an operator: what was committed from `since` on, further from `start`. */
export type ResendEvent = Pick<ScheduledEvent, 'id'> | Asked;

interface Asked {
  readonly since: string;
  readonly start?: JsonObject | undefined;
}

const askedIn = ({ since, start }: Asked): JsonObject => ({ since, ...(start && { start }) });

/** Sent in one go; the next run goes on where the time of this one ends. */
const LOT = 25;
const MARGIN_MS = 10_000;

/** How many parked messages are looked at for the age of the oldest. */
const LOOKED_AT = 1_000;

const sendParked = ({ table, ...ports }: ResendPorts, runtime: Runtime) => {
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

/**
 * The function that sends again, with growing pauses, what the relay parked; it gives up on nothing. Asked for it, it also
 * sends what the relay never saw.
 */
export const resendHandler = (ports: ResendPorts, runtime: Runtime) => {
  const onSchedule = sendParked(ports, runtime);
  const onRequest = invocationHandler(createCatchUp(ports, runtime), runtime);
  return async (
    event: ResendEvent,
    context: Pick<Context, 'awsRequestId' | 'getRemainingTimeInMillis'>,
  ): Promise<JsonObject | undefined> => {
    if ('since' in event) return onRequest(askedIn(event), context);
    await onSchedule(event, context);
    return undefined;
  };
};
