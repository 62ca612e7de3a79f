import type { Cause } from '../../../../../functions/kernel/messages/message.ts';
import type { RecordingTools } from '../../../../../functions/kernel/messages/recording.ts';
import { handleCommand } from '../../../../../functions/kernel/stores/command-handler.ts';
import { stateOf } from '../../../../../functions/kernel/stores/state-store.ts';
import type { Table } from '../../../../../functions/kernel/stores/table.ts';
import type { Precondition } from '../../../../../functions/kernel/values/precondition.ts';
import type { SampleItem, SampleItemCommand } from '../domain/sample-item.ts';
import { sampleItemsOf } from '../rows/sample-item-rows.ts';
import { type Named, sampleItemMessages } from './sample-item-messages.ts';

export interface SampleItemDeps extends RecordingTools {
  readonly table: Table;
}

export interface Deciding {
  readonly cause: Cause;
  /** Throws Refused `stale` where it does not hold. */
  readonly precondition?: Precondition | undefined;
}

export interface Decided {
  readonly state: SampleItem;
  readonly version: number;
  readonly isNew: boolean;
}

/** Commits the sample item and its event in one row. Throws Refused. */
export const decideSampleItem = async (
  deps: SampleItemDeps,
  named: Named,
  command: SampleItemCommand,
  { cause, precondition }: Deciding,
): Promise<Decided> => {
  const { state, version, events } = await handleCommand({
    aggregate: stateOf(deps.table, sampleItemsOf(named.userId), named.id),
    command: () => command,
    precondition,
    publish: (change) => sampleItemMessages(named, change, cause, deps),
  });
  return { state, version, isNew: version === 1 && events.length > 0 };
};
