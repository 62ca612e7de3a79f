import { derivedId } from '../../../core/derived-id.ts';
import type { World } from '../../../core/world.ts';

export type StreamView = 'NEW_AND_OLD_IMAGES' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'KEYS_ONLY';

export interface TableStream {
  /** As `Fn::GetAtt StreamArn` gives it; the engine has its own, `engineArn`. */
  readonly arn: string;
  readonly label: string;
  readonly view: StreamView;
  readonly engineArn: string;
}

export interface Table {
  readonly name: string;
  /** The attributes that make an item's key. */
  readonly keyNames?: readonly string[];
  /** The partition keys of its indexes, by name. */
  readonly indexKeys?: Readonly<Record<string, string>>;
  readonly stream?: TableStream;
  /** The attribute that holds an item's expiry in epoch seconds. */
  readonly expiryAttribute?: string;
}

export interface TableRegistry {
  put(table: Table): void;
  remove(name: string): void;
  find(name: string): Table | undefined;
  findByStream(streamArn: string): (Table & { readonly stream: TableStream }) | undefined;
  all(): readonly Table[];
}

/** What AWS knows of a table and the engine does not, by table name. */
export const createTableRegistry = (): TableRegistry => {
  const tables = new Map<string, Table>();
  return {
    put: (table) => {
      tables.set(table.name, table);
    },
    remove: (name) => {
      tables.delete(name);
    },
    find: (name) => tables.get(name),
    findByStream: (streamArn) => {
      for (const { stream, ...table } of tables.values()) if (stream?.arn === streamArn) return { ...table, stream };
      return undefined;
    },
    all: () => [...tables.values()],
  };
};

/** AWS's label is the stream's time of creation; here it stays the same in every run, as a deployed stream's does. */
export const STREAM_LABEL = '2026-01-01T00:00:00.000';

const HEX = '0123456789abcdef';

/** The names by which a table is known outside; functions of its name alone. */
export const tableIdentity = ({ partition, region, account }: World, name: string) => {
  const arn = `arn:${partition}:dynamodb:${region}:${account}:table/${name}`;
  const hex = derivedId(32, HEX, 'table', name);
  const id = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  return { arn, id, streamArn: `${arn}/stream/${STREAM_LABEL}` };
};
