import { AwsError } from '../../../core/aws-call.ts';
import { isObject, type Json, type JsonObject } from '../../../core/json.ts';

const MOST_ENTRIES = 10;
const ENTRY_ID = /^[\w-]{1,80}$/;

/** A batch's entries with unique ids; throws AwsError for a batch that AWS refuses as a whole. */
const entriesOf = (input: JsonObject): readonly JsonObject[] => {
  const entries = Array.isArray(input.Entries) ? input.Entries.filter(isObject) : [];
  if (entries.length === 0) {
    throw new AwsError('EmptyBatchRequest', 'There should be at least one entry in the request.');
  }
  if (entries.length > MOST_ENTRIES) {
    const what = `Maximum number of entries per request are ${MOST_ENTRIES}. You have sent ${entries.length}.`;
    throw new AwsError('TooManyEntriesInBatchRequest', what);
  }
  const ids = entries.map(({ Id }) => String(Id));
  for (const id of ids) {
    if (!ENTRY_ID.test(id)) throw new AwsError('InvalidBatchEntryId', `${id} is not an id of a batch entry.`);
  }
  const repeated = ids.find((id, at) => ids.indexOf(id) !== at);
  if (repeated !== undefined) throw new AwsError('BatchEntryIdsNotDistinct', `Id ${repeated} repeated.`);
  return entries;
};

/** Runs each entry by itself: one that is refused is listed, and the others have their effect. */
export const runBatch = (input: JsonObject, run: (entry: JsonObject) => JsonObject): Json => {
  const successful: JsonObject[] = [];
  const failed: JsonObject[] = [];
  for (const entry of entriesOf(input)) {
    const Id = entry.Id ?? '';
    try {
      successful.push({ Id, ...run(entry) });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      failed.push({ Id, SenderFault: true, Code: error.code, Message: error.message });
    }
  }
  return { Successful: successful, ...(failed.length > 0 && { Failed: failed }) };
};
