import type { DeployRule, MessageShape } from './release.ts';
import { usersOf } from './release.ts';
import { breaksText, schemaBreaks } from './schema-breaks.ts';
import type { SchemaChange } from './schema-change.ts';

const under = (folder: string, changes: readonly SchemaChange[]): readonly SchemaChange[] =>
  changes.map((change) => ({ ...change, pointer: `${folder}${change.pointer}` }));

const breaksOf = (before: MessageShape, after: MessageShape): readonly SchemaChange[] => {
  if (before.kind !== after.kind || before.service !== after.service) {
    const detail = `was ${before.service}'s ${before.kind}, is ${after.service}'s ${after.kind}`;
    return [{ pointer: '', effect: 'differs', detail }];
  }
  if (before.kind === 'event') return schemaBreaks('exchanged', before.data, after.data);
  if (before.kind === 'command') return schemaBreaks('sent', before.data, after.data);
  return [
    ...under('/request', schemaBreaks('sent', before.data, after.data)),
    ...under('/response', schemaBreaks('received', before.response, after.response)),
  ];
};

const WHY: Readonly<Record<MessageShape['kind'], string>> = {
  event:
    'subscribers that are deployed refuse what they do not know, and new ones refuse what waits in queues and archives',
  command: 'senders that are deployed go on sending what would be refused, and it ends in the dead letters',
  query: 'callers that are deployed go on asking and reading as before',
};

const next = (type: string): string => type.replace(/\d+$/, (version) => String(Number(version) + 1));

/** A version of a message stays what its users were built for; what must change is a new version beside it. */
export const messagesKeepTheirUsers: DeployRule = (before, after) =>
  before.messages.flatMap((message) => {
    const now = after.messages.find(({ type }) => type === message.type);
    const breaks = now === undefined ? [] : breaksOf(message, now);
    if (breaks.length === 0) return [];
    const users = usersOf(message.type, before, after);
    return [
      {
        subject: message.type,
        what: `${message.kind} ${message.type} breaks who uses it: ${breaksText(breaks)}`,
        where: `${message.file}; used by ${users.join(', ') || 'nobody in this repository'}`,
        why: WHY[message.kind],
        remedy: `leave ${message.type} as deployed, save for new optional fields; add ${next(message.type)} beside it`,
      },
    ];
  });
