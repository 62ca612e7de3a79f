import { isObject, type JsonObject } from '../../../core/json.ts';
import type { EngineClient } from './engine-client.ts';

/** Reads an engine's stream from its beginning, each record once. */
export interface EngineStream {
  /** What was added since the last call, oldest first. */
  readNew(): Promise<readonly JsonObject[]>;
}

/** The most that GetRecords gives. */
const PAGE = 1000;

export const createEngineStream = (engine: EngineClient, engineArn: string): EngineStream => {
  let iterator: string | undefined;
  let lastSequence: string | undefined;

  const openIterator = async (): Promise<string> => {
    const { StreamDescription } = await engine.callStreams('DescribeStream', { StreamArn: engineArn });
    const shards = isObject(StreamDescription) ? StreamDescription.Shards : undefined;
    const shard = Array.isArray(shards) ? shards.at(-1) : undefined;
    if (!isObject(shard)) throw new Error(`the engine's stream ${engineArn} has no shard`);
    const from = lastSequence
      ? { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: lastSequence }
      : { ShardIteratorType: 'TRIM_HORIZON' };
    const request = { StreamArn: engineArn, ShardId: String(shard.ShardId), ...from };
    return String((await engine.callStreams('GetShardIterator', request)).ShardIterator);
  };

  const page = async (): Promise<readonly JsonObject[]> => {
    iterator ??= await openIterator();
    try {
      const output = await engine.callStreams('GetRecords', { ShardIterator: iterator, Limit: PAGE });
      iterator = typeof output.NextShardIterator === 'string' ? output.NextShardIterator : undefined;
      return Array.isArray(output.Records) ? output.Records.filter(isObject) : [];
    } catch (error) {
      iterator = undefined;
      throw error;
    }
  };

  return {
    readNew: async () => {
      const records: JsonObject[] = [];
      for (;;) {
        const found = await page();
        records.push(...found);
        const change = found.at(-1)?.dynamodb;
        if (isObject(change)) lastSequence = String(change.SequenceNumber);
        if (found.length < PAGE) return records;
      }
    },
  };
};
