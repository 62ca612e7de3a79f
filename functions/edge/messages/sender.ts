import type { Message } from '../../kernel/messages/message.ts';
import type { CommandQueues, EventBus } from '../../kernel/messages/publishing.ts';
import type { Runtime } from '../../kernel/ports/runtime.ts';
import type { Destination, OutboxMessage } from '../../kernel/stores/outbox.ts';
import { errorFields } from '../error-fields.ts';

export interface SenderPorts {
  readonly bus: EventBus;
  readonly queues: CommandQueues;
  /**
   * Adds what a command is not committed with, such as a secret, at the moment it is sent: what cannot be sent is parked
   * without it.
   */
  readonly complete?: (command: Message) => Promise<Message>;
}

/** Sends messages together, in no order; returns those that were not sent. */
export type Send = <M extends OutboxMessage>(messages: readonly M[]) => Promise<readonly M[]>;

const MAX_DELAY_SECONDS = 900;

const TOLERATED_FAILURES = 3;

const nameOf = (destination: Destination): string => (destination.kind === 'bus' ? 'bus' : destination.queue);

/** What is left of a delay that began when the message was made: one that is sent late is due no later. */
const remainingDelay = ({ destination, message }: OutboxMessage, nowMs: number): number | undefined => {
  if (destination.kind === 'bus' || destination.delaySeconds === undefined) return undefined;
  const dueAtMs = Date.parse(message.metadata.occurredAt) + destination.delaySeconds * 1000;
  return Math.min(MAX_DELAY_SECONDS, Math.max(0, Math.ceil((dueAtMs - nowMs) / 1000)));
};

/**
 * Made for each run: a destination that failed a few times is not tried again in the same run, so that one that hangs
 * does not cost a run its time for each message. Not at once: the fault may be the message's. `near` as for CommandQueues.
 */
export const createSender = (
  { bus, queues, complete }: SenderPorts,
  { clock, log }: Pick<Runtime, 'clock' | 'log'>,
  near?: string,
): Send => {
  const failures = new Map<string, number>();
  const hasFailed = (name: string) => failures.set(name, (failures.get(name) ?? 0) + 1);

  const publish = async <M extends OutboxMessage>(events: readonly M[]): Promise<readonly M[]> => {
    if (events.length === 0) return [];
    try {
      const { failed } = await bus.publish(events.map(({ message }) => message));
      return events.filter((_, position) => failed.includes(position));
    } catch (thrown) {
      log.error('events not sent', errorFields(thrown));
      hasFailed('bus');
      return events;
    }
  };

  const command = async <M extends OutboxMessage>(each: M): Promise<readonly M[]> => {
    const queue = nameOf(each.destination);
    try {
      const message = complete ? await complete(each.message) : each.message;
      await queues.send(queue, message, remainingDelay(each, clock.now()), near);
      return [];
    } catch (thrown) {
      log.error('command not sent', { queue, ...errorFields(thrown) });
      hasFailed(queue);
      return [each];
    }
  };

  return async (messages) => {
    const isTried = ({ destination }: OutboxMessage) => (failures.get(nameOf(destination)) ?? 0) < TOLERATED_FAILURES;
    const tried = messages.filter(isTried);
    const skipped = messages.filter((each) => !isTried(each));
    const events = tried.filter(({ destination }) => destination.kind === 'bus');
    const commands = tried.filter(({ destination }) => destination.kind === 'queue');
    const unsent = await Promise.all([publish(events), ...commands.map(command)]);
    return [...skipped, ...unsent.flat()];
  };
};

/** The n-th message of every aggregate: what may be sent together without one message overtaking another of its own. */
const rounds = <M extends OutboxMessage>(messages: readonly M[]): M[][] => {
  const result: M[][] = [];
  for (const lane of Map.groupBy(messages, ({ message }) => message.metadata.aggregate).values()) {
    for (const [position, each] of lane.entries()) {
      const round = result[position] ?? [];
      round.push(each);
      result[position] = round;
    }
  }
  return result;
};

/** Sends the messages of each aggregate in order; returns those that were not sent. */
export const sendInOrder = async <M extends OutboxMessage>(
  messages: readonly M[],
  send: Send,
): Promise<readonly M[]> => {
  const unsent: M[] = [];
  for (const round of rounds(messages)) unsent.push(...(await send(round)));
  return unsent;
};
