import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { ServiceMessages } from '../../functions/kernel/messages/service-messages.ts';
import { documentSchemas } from '../../lib/openapi/schema.ts';
import { messagesByService, messagesFile, type PublishedContract, publishedContracts } from './contracts.ts';
import { fieldRows } from './field-rows.ts';

const schemas = documentSchemas([]);

export const EVENT_CATALOG = 'docs/events.md';

const HEAD = `# Events, commands and queries

Generated from [events/contracts](../events/contracts) by \`node test/docs/event-catalog.ts\`; a test keeps it up to date. Do not edit.

An event goes to the bus: \`source\` is the service, \`detail-type\` the type, \`detail\` is \`{metadata, data}\`. A command goes to
the queue of the service that takes it. A query is asked over signed HTTP and answered at once. The fields below are those of \`data\`, of the request and of the response; \`metadata\` is in
[message.ts](../functions/kernel/messages/message.ts). \`{metadata, data}\` may take 64 KB. A reader drops fields that it does not know; a breaking change is a \`.v2\` beside the \`.v1\`.
`;

type Services = ReadonlyMap<string, ServiceMessages>;

/** The services that have the contract in a list of their messages, each linked to that list. */
const those = (services: Services, list: keyof ServiceMessages, { contract }: PublishedContract): string => {
  const names = [...services].filter(([, messages]) => messages[list]?.some(({ type }) => type === contract.type));
  return names.map(([name]) => `[${name}](../${messagesFile(name)})`).join(', ') || 'no service here';
};

const ends = (published: PublishedContract, services: Services): string => {
  switch (published.contract.kind) {
    case 'event':
      return `Published by ${those(services, 'publishes', published)}. Read by ${those(services, 'subscribes', published)}.`;
    case 'command':
      return `Sent by ${those(services, 'sends', published)}. Accepted by ${those(services, 'accepts', published)}.`;
    case 'query':
      return `Asked by ${those(services, 'asks', published)}. Answered by ${those(services, 'answers', published)}.`;
  }
};

const table = (title: string, schema: object): string =>
  [`| ${title} | type | rule |`, '| --- | --- | --- |', ...fieldRows(schema)].join('\n');

const section = (published: PublishedContract, services: Services): string => {
  const { contract, file, meaning } = published;
  const [, version = ''] = /\.v(\d+)$/.exec(contract.type) ?? [];
  const tables =
    contract.kind === 'query'
      ? [
          table('request', schemas.of(contract.request, 'output')),
          table('response', schemas.of(contract.response, 'output')),
        ]
      : [table('field', schemas.of(contract.data, 'output'))];
  return [
    `### ${contract.type}`,
    `${contract.kind}, version ${version}, of ${contract.service}: [${file}](../events/contracts/${file})`,
    meaning,
    ends(published, services),
    ...tables,
  ].join('\n\n');
};

/** The whole page as Markdown. */
export const renderEventCatalog = async (): Promise<string> => {
  const messages = await messagesByService();
  const owners = Map.groupBy(await publishedContracts(), ({ contract }) => contract.service);
  const parts = [...owners].flatMap(([owner, contracts]) => [
    `## ${owner}`,
    ...contracts.map((published) => section(published, messages)),
  ]);
  return `${[HEAD, ...parts].join('\n\n').replace(/\n{3,}/g, '\n\n')}\n`;
};

const HELP = `Writes docs/events.md, the catalog of messages, from the contracts in events/contracts and the services.

  npm run docs`;

const write = async (): Promise<void> => {
  const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } });
  if (values.help) return console.log(HELP);
  writeFileSync(EVENT_CATALOG, await renderEventCatalog());
  return console.log('docs/events.md is written.');
};

if (process.argv[1] === import.meta.filename) await write();
