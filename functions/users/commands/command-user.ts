import type { Cause } from '../../kernel/messages/message.ts';
import type { RecordingTools } from '../../kernel/messages/recording.ts';
import { outboxWrite } from '../../kernel/stores/outbox.ts';
import { handleStateCommand } from '../../kernel/stores/state-store.ts';
import type { Table } from '../../kernel/stores/table.ts';
import type { User, UserCommand } from '../domain/user.ts';
import { claimEffects, userAggregate } from '../rows/user-rows.ts';
import { userMessage } from './user-messages.ts';

export interface UserDeps extends RecordingTools {
  readonly table: Table;
}

/** Commits the user, the claim on their address and the event in one transaction. Throws Refused. */
export const commandUser = async (
  deps: UserDeps,
  id: string,
  command: UserCommand,
  { cause, expectedVersion }: { readonly cause: Cause; readonly expectedVersion?: number | undefined },
): Promise<{ readonly user: User; readonly version: number }> => {
  const message = userMessage(id, cause, deps);
  const { state, version } = await handleStateCommand({
    table: deps.table,
    aggregate: userAggregate,
    id,
    command: () => command,
    expectedVersion,
    effects: (change) => [
      ...claimEffects(change.before, change.state),
      ...change.events.map((event) => ({
        write: outboxWrite({
          destination: { kind: 'bus' },
          message: message(event, change.before, change.state, change.version),
        }),
        whenRefused: 'retry' as const,
      })),
    ],
  });
  return { user: state, version };
};
