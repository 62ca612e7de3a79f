import { causedBy, type Message } from '../../kernel/messages/message.ts';
import type { Runtime } from '../../kernel/ports/runtime.ts';
import { errorFields } from '../error-fields.ts';
import type { MessageContext } from '../message-context.ts';
import type { Reader } from './envelope.ts';

/** A contract for each message type. */
export type Readers<Messages extends readonly Message<string, unknown>[]> = {
  readonly [Position in keyof Messages]: Reader<Messages[Position]>;
};

export type Handle<Read> = (message: Read, context: MessageContext) => Promise<void>;

/** Handles one message, with a span and a log of its own. What is thrown is logged, and thrown on. */
export const createMessageWork =
  <Read extends Message<string, unknown>>(handle: Handle<Read>, { log, tracing }: Pick<Runtime, 'log' | 'tracing'>) =>
  async (message: Read, remainingMs: () => number): Promise<void> => {
    const cause = causedBy(message);
    const fields = { messageId: message.metadata.id, type: message.type, correlationId: cause.correlationId };
    const context = { cause, log: log.with(fields), remainingMs };
    try {
      await tracing.span(message.type, { correlationId: cause.correlationId }, () => handle(message, context));
    } catch (thrown) {
      context.log.error('message failed', errorFields(thrown));
      throw thrown;
    }
  };
