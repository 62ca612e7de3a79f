import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { Message } from '../../kernel/messages/message.ts';
import type { EventBus } from '../../kernel/messages/publishing.ts';
import { xrayOfTraceparent } from '../../kernel/ports/trace-context.ts';
import { pauseBefore } from '../node/pause.ts';
import { callAws } from './aws-failure.ts';
import { clientSettings } from './client-settings.ts';

const ATTEMPTS = 4;
const MAX_ENTRIES = 10;

/** EventBridge counts source, detail-type and detail of a call together, up to 1 MB. */
const MAX_BYTES = 1_000_000;

interface Pending {
  readonly position: number;
  readonly entry: PutEventsRequestEntry;
}

const entryOf = (busName: string, source: string, { type, metadata, data }: Message): PutEventsRequestEntry => {
  const TraceHeader = xrayOfTraceparent(metadata.traceparent);
  return {
    EventBusName: busName,
    Source: source,
    DetailType: type,
    Detail: JSON.stringify({ metadata, data }),
    Resources: [],
    ...(TraceHeader && { TraceHeader }),
  };
};

const sizeOf = ({ Source = '', DetailType = '', Detail = '' }: PutEventsRequestEntry): number =>
  Buffer.byteLength(Source) + Buffer.byteLength(DetailType) + Buffer.byteLength(Detail);

const batches = (pending: readonly Pending[]): Pending[][] => {
  const result: Pending[][] = [];
  let bytes = 0;
  for (const each of pending) {
    const size = sizeOf(each.entry);
    const current = result.at(-1);
    if (current === undefined || current.length === MAX_ENTRIES || bytes + size > MAX_BYTES) {
      result.push([each]);
      bytes = size;
    } else {
      current.push(each);
      bytes += size;
    }
  }
  return result;
};

/** PutEvents answers 200 even when it took none; each entry has its own result, in the order of the request. */
export const createEventBus = ({
  busName,
  source,
  client = new EventBridgeClient(clientSettings),
}: {
  readonly busName: string;
  /** The service: the bus's rules select by it. */
  readonly source: string;
  readonly client?: EventBridgeClient;
}): EventBus => {
  const put = async (batch: readonly Pending[]): Promise<readonly Pending[]> => {
    const Entries = batch.map(({ entry }) => entry);
    const { FailedEntryCount = 0, Entries: answers = [] } = await callAws('bus', () =>
      client.send(new PutEventsCommand({ Entries })),
    );
    return FailedEntryCount === 0 ? [] : batch.filter((_, index) => answers[index]?.EventId === undefined);
  };
  const putPersistently = async (batch: readonly Pending[]): Promise<readonly Pending[]> => {
    let left = batch;
    for (let attempt = 1; attempt <= ATTEMPTS && left.length > 0; attempt += 1) {
      if (attempt > 1) await pauseBefore(attempt);
      left = await put(left);
    }
    return left;
  };
  return {
    publish: async (messages) => {
      const pending = messages.map((message, position) => ({ position, entry: entryOf(busName, source, message) }));
      const failed: number[] = [];
      for (const batch of batches(pending)) {
        for (const { position } of await putPersistently(batch)) failed.push(position);
      }
      return { failed };
    },
  };
};
