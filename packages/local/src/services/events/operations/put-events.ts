import { textOf, textReader, textsOf } from '../../../assembly/values.ts';
import { AwsError } from '../../../core/aws-call.ts';
import { isObject, type Json, type JsonObject } from '../../../core/json.ts';
import type { World } from '../../../core/world.ts';
import { type Buses, busNameOf, type Envelope } from '../state/event-bus.ts';
import type { Publisher } from '../state/publisher.ts';

const MOST_ENTRIES = 10;
/** 1 MB since January 2026, for all entries together. */
const LARGEST_REQUEST_BYTES = 1_048_576;
const TIME_BYTES = 14;

class EntryRefusal extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const required = textReader(
  (name) =>
    new EntryRefusal('InvalidArgument', `Parameter ${name} is not valid. Reason: ${name} is a required argument.`),
);

const detailOf = (text: string): JsonObject => {
  try {
    const detail: unknown = JSON.parse(text);
    if (isObject(detail)) return detail;
  } catch {
    // Answered below like any other malformed detail.
  }
  throw new EntryRefusal('MalformedDetail', 'Detail is malformed.');
};

const resourcesOf = ({ Resources }: JsonObject): readonly string[] => textsOf(Resources);

/** As the EventBridge user guide counts an entry. */
const bytesOf = (entry: JsonObject): number => {
  const texts = [entry.Source, entry.DetailType, entry.Detail, ...resourcesOf(entry)].map((text) => textOf(text) ?? '');
  const textBytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return textBytes + (entry.Time === undefined ? 0 : TIME_BYTES);
};

/** ISO 8601 in whole seconds, as the envelope carries it. */
export const eventTime = (epochMs: number): string => `${new Date(epochMs).toISOString().slice(0, 19)}Z`;

const entriesOf = ({ Entries }: JsonObject): readonly JsonObject[] => {
  const entries: readonly Json[] = Array.isArray(Entries) ? Entries : [];
  const bound = entries.length === 0 ? 'greater than or equal to 1' : `less than or equal to ${MOST_ENTRIES}`;
  if (entries.length === 0 || entries.length > MOST_ENTRIES)
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length ${bound}`,
    );
  const objects = entries.filter(isObject);
  if (objects.reduce((sum, entry) => sum + bytesOf(entry), 0) > LARGEST_REQUEST_BYTES)
    throw new AwsError('ValidationException', 'Total size of the entries in the request is over the limit.');
  return objects;
};

/** PutEvents: each entry succeeds or fails by itself; the answer keeps the order of the request. */
export const createPutEvents = (world: World, buses: Buses, publisher: Publisher) => {
  const envelopeOf = (entry: JsonObject, source: string): Envelope => ({
    version: '0',
    id: world.random.uuid(),
    'detail-type': required(entry, 'DetailType'),
    source,
    account: world.account,
    time: eventTime(typeof entry.Time === 'number' ? entry.Time * 1000 : world.clock.now()),
    region: world.region,
    resources: resourcesOf(entry),
    detail: detailOf(required(entry, 'Detail')),
  });

  const put = (entry: JsonObject): JsonObject => {
    try {
      const source = required(entry, 'Source');
      if (source.startsWith('aws.'))
        throw new EntryRefusal('NotAuthorizedForSourceException', 'Not authorized for the source.');
      const envelope = envelopeOf(entry, source);
      const bus = buses.find(textOf(entry.EventBusName));
      if (!bus) {
        const name = busNameOf(textOf(entry.EventBusName));
        throw new EntryRefusal('ResourceNotFoundException', `Event bus ${name} does not exist.`);
      }
      const traceHeader = textOf(entry.TraceHeader);
      publisher.publish(bus, { envelope, ...(traceHeader !== undefined && { traceHeader }) });
      return { EventId: envelope.id };
    } catch (error) {
      if (error instanceof EntryRefusal) return { ErrorCode: error.code, ErrorMessage: error.message };
      throw error;
    }
  };

  return (input: JsonObject): JsonObject => {
    const results = entriesOf(input).map(put);
    return { FailedEntryCount: results.filter(({ ErrorCode }) => ErrorCode !== undefined).length, Entries: results };
  };
};
