import { type Refusal, Refused } from '../values/errors.ts';
import type { JsonObject } from '../values/json.ts';
import { textIn } from '../values/members.ts';
import { readAs, type Shape } from '../values/shape.ts';

/** Turns an event as one version stored it into the next version's. Pure, and never changed after a release has had it. */
export type Upcaster = (stored: JsonObject) => JsonObject;

/** How one type of event is kept. */
export interface StoredKind<Event> {
  /** Of the current version. Another shape is another version: add the upcaster that leads to it. */
  readonly shape: Shape<Event>;
  /** The first turns version 1 into 2, the next 2 into 3: the current version is one more than there are. */
  readonly upcasters: readonly Upcaster[];
  /** What the release before this one reads at most, for it may run beside this one; 0 while none may be stored yet. */
  readonly writes: number;
  /** As version `writes`, where that is not the current one. */
  write?(event: Event): JsonObject;
  /** Code that does not know this type leaves it out of its fold: nothing that is decided or shown may depend on it. */
  readonly ignorable?: true;
}

/** One for each type of the union: a type that is missing does not compile. */
export type StoredKinds<Event extends { readonly type: string }> = {
  readonly [Type in Event['type']]: StoredKind<Extract<Event, { readonly type: Type }>>;
};

/** What a release reads and writes of one type of event; `deploy:check` compares two releases by it. */
export interface StoredVersions {
  readonly reads: number;
  readonly writes: number;
  /** Of version `reads`. */
  readonly shape: string;
  readonly ignorable: boolean;
}

/**
 * The rows of commits. Version 1: a row for each event, and an outbox row for each message. Version 2: one row for the
 * events of a commit, and messages in the row that changes. The relay of a release that reads version 2 sends both.
 */
export const commitRows: StoredVersions = {
  reads: 2,
  writes: 2,
  shape: '{event} | {events, messages}',
  ignorable: false,
};

/** The events of one kind of aggregate as they are kept. */
export interface StoredEvents<Event> {
  readonly aggregate: string;
  readonly versions: Readonly<Record<string, StoredVersions>>;
  /**
   * Undefined for an unknown event that may be left out. Throws Refused `unavailable` for one that a newer release wrote
   * and an Error for one that cannot be read; neither shows its content.
   */
  eventOf(stored: JsonObject): Event | undefined;
  toStored(event: Event): JsonObject;
}

/** A newer release runs beside this one, or this one is a rollback: the newer one can answer. */
export const newerEvent: Refusal = {
  outcome: 'unavailable',
  code: 'stored-by-newer-release',
  detail: 'A newer release of this service changed this; try again.',
  retryAfterSeconds: 5,
};

const versionedName = (type: string, version: number): string => `${type}.v${version}`;

/** `OrderPlaced.v2`; events of the first releases have a type and no version: they are version 1. */
const nameOf = (stored: JsonObject): { readonly type: string; readonly version: number } => {
  if (stored.schema === undefined) return { type: textIn(stored, 'type'), version: 1 };
  const [, type, digits] = /^(\w+)\.v([1-9]\d{0,5})$/.exec(textIn(stored, 'schema')) ?? [];
  if (type === undefined) throw new Error('the member schema names no version');
  return { type, version: Number(digits) };
};

const newestOf = ({ upcasters }: Pick<StoredKind<unknown>, 'upcasters'>): number => upcasters.length + 1;

const toJson = (value: unknown): JsonObject => JSON.parse(JSON.stringify(value));

/**
 * `type` stays beside the versioned name: the releases before versions read it. An event that must not be stored yet
 * throws an Error.
 */
export const storedEvents = <Event extends { readonly type: string }>(
  aggregate: string,
  kinds: Readonly<Record<string, StoredKind<Event>>>,
): StoredEvents<Event> => ({
  aggregate,
  versions: Object.fromEntries(
    Object.entries(kinds).map(([type, kind]) => {
      const { writes, shape, ignorable = false } = kind;
      return [type, { reads: newestOf(kind), writes, shape: shape.text, ignorable }];
    }),
  ),
  eventOf: (stored) => {
    const { type, version } = nameOf(stored);
    const kind = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
    if (kind === undefined || version > newestOf(kind)) {
      if (stored.ignorable === true) return undefined;
      throw new Refused(newerEvent, { cause: new Error(`unknown stored event ${versionedName(type, version)}`) });
    }
    return readAs(
      kind.shape,
      kind.upcasters.slice(version - 1).reduce((event, upcast) => upcast(event), stored),
    );
  },
  toStored: (event) => {
    const kind = kinds[event.type];
    if (kind === undefined || kind.writes === 0)
      throw new Error(`an event ${event.type} is not stored by this release`);
    const { write, writes, ignorable } = kind;
    const stored = write ? write(event) : toJson(event);
    return { schema: versionedName(event.type, writes), ...(ignorable && { ignorable }), ...stored };
  },
});
