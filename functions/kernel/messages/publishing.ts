import type { Message } from './message.ts';

/** The port to the bus that everyone may listen to. */
export interface EventBus {
  /**
   * Sends in order and resends what was turned down, a bounded number of times. `failed` holds the positions that stayed
   * unsent. Throws when nothing is known about any of them.
   */
  publish(messages: readonly Message[]): Promise<{ readonly failed: readonly number[] }>;
}

/** The port to the queues of one service each. */
export interface CommandQueues {
  /**
   * `queue` is `<service>-<command in kebab case>`; `delaySeconds` at most 900. With the ARN of something `near`, in the
   * same account and region, the queue's address is known and not asked for.
   */
  send(queue: string, message: Message, delaySeconds?: number, near?: string): Promise<void>;
}
