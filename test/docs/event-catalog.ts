import { writeFileSync } from 'node:fs';
import { jsonSchema } from '../../lib/stacks/gateway/openapi-schema.ts';
import { importersOf, type PublishedContract, publishedContracts } from './contracts.ts';
import { fieldRows } from './field-rows.ts';

export const EVENT_CATALOG = 'docs/events.md';

const HEAD = `# Events, commands and queries

Generated from [events/contracts](../events/contracts) by \`node test/docs/event-catalog.ts\`; a test keeps it up to date. Do not edit.

An event goes to the bus: \`source\` is the service, \`detail-type\` the type, \`detail\` is \`{metadata, data}\`. A command goes to
the queue of the service that takes it. A query is asked over signed HTTP and answered at once. The fields below are those of \`data\`, of the request and of the response; \`metadata\` is in
[message.ts](../functions/kernel/messages/message.ts). \`{metadata, data}\` may take 64 KB. A reader drops fields that it does not know; a breaking change is a \`.v2\` beside the \`.v1\`.
`;

const serviceOf = (path: string): string => path.split('/')[1] ?? '';

const link = (path: string): string => `[${path.replace('functions/', '')}](../${path})`;

const byService = (paths: readonly string[]): string =>
  paths.length === 0
    ? 'no service here'
    : [...Map.groupBy(paths, serviceOf)].map(([name, files]) => `${name} (${files.map(link).join(', ')})`).join('; ');

/** Who stands at the two ends; an importer that is not the contract's own service is the other end. */
const ends = ({ contract: { kind, service } }: PublishedContract, importers: readonly string[]): string => {
  const own = importers.filter((path) => serviceOf(path) === service);
  const others = importers.filter((path) => serviceOf(path) !== service);
  switch (kind) {
    case 'event':
      return `Published by ${byService(own)}. Read by ${byService(others)}.`;
    case 'command':
      return others.length === 0
        ? `Sent and taken by ${byService(own)}.`
        : `Sent by ${byService(others)}. Taken by ${byService(own)}.`;
    case 'query':
      return `Asked by ${byService(others)}. Answered by ${byService(own)}.`;
  }
};

const table = (title: string, schema: object): string =>
  [`| ${title} | type | rule |`, '| --- | --- | --- |', ...fieldRows(schema)].join('\n');

const section = (published: PublishedContract, importers: readonly string[]): string => {
  const { contract, file, meaning } = published;
  const [, version = ''] = /\.v(\d+)$/.exec(contract.type) ?? [];
  const tables =
    contract.kind === 'query'
      ? [
          table('request', jsonSchema(contract.request, 'output')),
          table('response', jsonSchema(contract.response, 'output')),
        ]
      : [table('field', jsonSchema(contract.data, 'output'))];
  return [
    `### ${contract.type}`,
    `${contract.kind}, version ${version}, of ${contract.service}: [${file}](../events/contracts/${file})`,
    meaning,
    ends(published, importers),
    ...tables,
  ].join('\n\n');
};

/** The whole page as Markdown. */
export const renderEventCatalog = async (): Promise<string> => {
  const importers = importersOf();
  const services = Map.groupBy(await publishedContracts(), ({ contract }) => contract.service);
  const parts = [...services].flatMap(([service, contracts]) => [
    `## ${service}`,
    ...contracts.map((published) => section(published, importers.get(published.file) ?? [])),
  ]);
  return `${[HEAD, ...parts].join('\n\n').replace(/\n{3,}/g, '\n\n')}\n`;
};

if (process.argv[1] === import.meta.filename) writeFileSync(EVENT_CATALOG, await renderEventCatalog());
