import type { Clock } from '../../kernel/ports/clock.ts';
import type { Table } from '../../kernel/stores/table.ts';
import { type Refusal, Refused } from '../../kernel/values/errors.ts';
import type { Notification } from '../domain/notification.ts';
import type { Sender } from '../domain/sender.ts';
import {
  isSent,
  notificationKey,
  readSending,
  type Sending,
  sendingWrite,
  sentWrite,
} from '../rows/notification-rows.ts';

export interface NotificationDeps {
  readonly table: Table;
  readonly sender: Sender;
  readonly clock: Clock;
}

/** A claim outlives its function by this much: until then the function may still send. */
const CLAIM_MARGIN_MS = 1_000;

const beingSent: Refusal = {
  outcome: 'in_progress',
  code: 'being-sent',
  detail: 'Another delivery is sending this notification.',
};

/**
 * Claims, sends, records. Of deliveries at once one sends and the others come back later; whatever comes after the record
 * sends nothing. A claim whose function ended without a record is taken over once its time is up: it may have sent, so
 * that the notification is sent at least once, and each time with the same key. Throws Refused `being-sent`.
 */
export const notify = async (
  { table, sender, clock }: NotificationDeps,
  notification: Notification,
  remainingMs: () => number,
): Promise<void> => {
  const claim = async (): Promise<Sending | undefined> => {
    const nowMs = clock.now();
    const untilMs = nowMs + remainingMs() + CLAIM_MARGIN_MS;
    const take = async (sending: Sending, before?: Sending): Promise<Sending | undefined> =>
      (await table.commit([sendingWrite(notification, sending, before)])).kind === 'committed' ? sending : undefined;
    const first = await take({ number: 1, untilMs });
    if (first) return first;
    const found = await table.get(notificationKey(notification), { consistent: true });
    if (found && isSent(found)) return undefined;
    const before = found && readSending(found);
    const next = before && before.untilMs <= nowMs && (await take({ number: before.number + 1, untilMs }, before));
    if (!next) throw new Refused(beingSent);
    return next;
  };

  const sending = await claim();
  if (sending === undefined) return;
  try {
    await sender.send(notification, `${notification.orderId}-${notification.kind}`);
  } catch (thrown) {
    const free = { number: sending.number + 1, untilMs: 0 };
    await table.commit([sendingWrite(notification, free, sending)]).catch(() => undefined);
    throw thrown;
  }
  // Refused means that another delivery took the claim over and records it, which is as good.
  await table.commit([sentWrite(notification, { channel: sender.channel, sentAtMs: clock.now() }, sending)]);
};
