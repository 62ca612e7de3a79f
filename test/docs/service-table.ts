import { readFileSync } from 'node:fs';
import { registeredServices } from '../../bin/services/list.ts';
import { messagesByService } from './contracts.ts';

export const SERVICES_PAGE = 'docs/architecture.md';

const HEADING = '## The services\n';

/** What the stack of a service says of itself. */
const meaningOf = (service: string): string => {
  const [, text = ''] =
    /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*export class/.exec(readFileSync(`lib/stacks/${service}-stack.ts`, 'utf8')) ?? [];
  return text
    .replace(/\n\s*\*/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
};

/** The page with a row for each service behind the gateway. */
export const withServices = async (page: string): Promise<string> => {
  const messages = await messagesByService();
  const namesOf = (contracts: readonly { readonly type: string }[] = []) =>
    contracts.map(({ type }) => type.replace(/\.v\d+$/, '')).join(', ');
  const rows = (await registeredServices('.')).map(({ name: service }) => {
    const { publishes, subscribes } = messages.get(service) ?? {};
    const link = `[${service}](../functions/${service})`;
    return `| ${link} | ${meaningOf(service)} | ${namesOf(publishes)} | ${namesOf(subscribes)} |`;
  });
  const table = ['| service | what it is | publishes | subscribes to |', '| --- | --- | --- | --- |', ...rows].join(
    '\n',
  );
  const start = page.indexOf(HEADING) + HEADING.length;
  return `${page.slice(0, start)}\n${table}\n${page.slice(page.indexOf('\n## ', start))}`;
};
