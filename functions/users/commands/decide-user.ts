import type { Cause } from '../../kernel/messages/message.ts';
import type { RecordingTools } from '../../kernel/messages/recording.ts';
import { handleCommand } from '../../kernel/stores/command-handler.ts';
import { stateOf } from '../../kernel/stores/state-store.ts';
import type { Table } from '../../kernel/stores/table.ts';
import type { Precondition } from '../../kernel/values/precondition.ts';
import type { User, UserCommand } from '../domain/user.ts';
import { claimEffects, userAggregate } from '../rows/user-rows.ts';
import { userMessages } from './user-messages.ts';

export interface UserDeps extends RecordingTools {
  readonly table: Table;
}

/** Commits the user, the claim on their address and the event in one transaction. Throws Refused. */
export const decideUser = async (
  deps: UserDeps,
  id: string,
  command: UserCommand,
  { cause, precondition }: { readonly cause: Cause; readonly precondition?: Precondition | undefined },
): Promise<{ readonly user: User; readonly version: number }> => {
  const { state, version } = await handleCommand({
    aggregate: stateOf(deps.table, userAggregate, id),
    command: () => command,
    precondition,
    publish: (change) => userMessages(id, change, cause, deps),
    also: ({ before, state }) => claimEffects(before, state),
  });
  return { user: state, version };
};
