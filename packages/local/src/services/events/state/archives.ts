import type { JsonObject } from '../../../core/json.ts';
import type { World } from '../../../core/world.ts';
import { matchesPattern } from '../../../language/event-pattern/matches-pattern.ts';
import { type Envelope, type EventBus, missing } from './event-bus.ts';

export interface Archive {
  readonly name: string;
  readonly arn: string;
  /** The bus it keeps events of. */
  readonly sourceArn: string;
  readonly pattern?: JsonObject;
  /** 0 means forever. */
  readonly retentionDays: number;
  readonly description?: string;
  readonly createdAtMs: number;
  /** Oldest first. */
  readonly events: { readonly atMs: number; readonly envelope: Envelope }[];
}

const DAY_MS = 86_400_000;

export const createArchives = ({ partition, region, account, clock }: World) => {
  const archives = new Map<string, Archive>();

  const forget = ({ retentionDays, events }: Archive) => {
    if (retentionDays === 0) return;
    const kept = events.findIndex(({ atMs }) => atMs > clock.now() - retentionDays * DAY_MS);
    events.splice(0, kept === -1 ? events.length : kept);
  };

  return {
    arnOf: (name: string): string => `arn:${partition}:events:${region}:${account}:archive/${name}`,
    /** One of the same name keeps its events. */
    add: (archive: Omit<Archive, 'events' | 'createdAtMs'>) => {
      const { createdAtMs = clock.now(), events = [] } = archives.get(archive.name) ?? {};
      archives.set(archive.name, { ...archive, createdAtMs, events });
    },
    keep: (bus: EventBus, envelope: Envelope): void => {
      // Replayed events are not archived again.
      if (envelope['replay-name'] !== undefined) return;
      for (const archive of archives.values()) {
        const { sourceArn, pattern, events } = archive;
        if (sourceArn !== bus.arn || (pattern && !matchesPattern(pattern, envelope))) continue;
        forget(archive);
        events.push({ atMs: clock.now(), envelope });
      }
    },
    all: (): readonly Archive[] => {
      for (const archive of archives.values()) forget(archive);
      return [...archives.values()];
    },
    archive: (nameOrArn: string): Archive => {
      const name = nameOrArn.split('archive/').at(-1) ?? '';
      const found = archives.get(name);
      if (!found) throw missing(`Archive ${name}`);
      forget(found);
      return found;
    },
  };
};

export type Archives = ReturnType<typeof createArchives>;
