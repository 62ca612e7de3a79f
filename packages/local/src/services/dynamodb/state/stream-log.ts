import type { StreamRecord } from '../../../core/ports.ts';

/** AWS keeps stream records for 24 hours. */
const KEPT_MS = 24 * 60 * 60 * 1000;

/** `{sequence}`: after that record; `TRIM_HORIZON`: from the oldest kept; `LATEST`: what the log took since `markLatest`. */
export type Position = { readonly sequence: string } | 'TRIM_HORIZON' | 'LATEST';

export interface StreamLog {
  append(record: StreamRecord): void;
  after(position: Position, limit: number, nowMs: number): readonly StreamRecord[];
  /** From now on `LATEST` means what follows the newest record. */
  markLatest(): void;
  newest(): string | undefined;
  /** The oldest record that is still kept; the newest there ever was when none is. */
  oldestKept(nowMs: number): string | undefined;
  size(): number;
}

const numeric = (sequence: string) => BigInt(sequence);

/** The records of one stream, oldest first, for every consumer; pure, so that expiry follows the runtime's clock. */
export const createStreamLog = (): StreamLog => {
  const records: StreamRecord[] = [];
  let newest: string | undefined;
  let latest: string | undefined;

  const trim = (nowMs: number) => {
    let expired = 0;
    for (const record of records) {
      if (record.approximateCreationMs > nowMs - KEPT_MS) break;
      expired += 1;
    }
    if (expired > 0) records.splice(0, expired);
  };

  /** Binary search: a consumer asks once for each batch, and the log can be long. */
  const indexAfter = (sequence: string): number => {
    const wanted = numeric(sequence);
    let low = 0;
    let high = records.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const record = records[middle];
      if (record && numeric(record.sequenceNumber) <= wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  return {
    append: (record) => {
      records.push(record);
      newest = record.sequenceNumber;
    },
    after: (position, limit, nowMs) => {
      trim(nowMs);
      const sequence = position === 'TRIM_HORIZON' ? undefined : position === 'LATEST' ? latest : position.sequence;
      const from = sequence === undefined ? 0 : indexAfter(sequence);
      return records.slice(from, from + limit);
    },
    markLatest: () => {
      latest = newest;
    },
    newest: () => newest,
    oldestKept: (nowMs) => {
      trim(nowMs);
      return records[0]?.sequenceNumber ?? newest;
    },
    size: () => records.length,
  };
};
