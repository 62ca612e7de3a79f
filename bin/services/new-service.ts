import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { requireCommitted, writeGenerated, writeGrpcCode } from './generated.ts';
import { invokeEvents } from './invoke-events.ts';
import { writeManifest } from './manifest.ts';
import { containerNamesOf, namesOf } from './names.ts';
import { argumentsOf, command, ServiceProblem } from './problem.ts';
import { run } from './run.ts';
import { requireFree } from './taken.ts';
import { CONTAINER_TEMPLATE, FUNCTIONS_TEMPLATE, serviceFiles } from './template.ts';

const HELP = `Makes a service of functions: its table, contract, domain with tests, commands, views, handlers, stack, an event of its
own, a subscription, events to invoke its functions with, and cases for the running system. Then it writes everything that
follows: the list of services, contracts, templates, pages.

  npm run new:service -- NAME [options]

  NAME             what the service keeps, in the plural: reviews, gift-cards
  --singular ONE   one of them, where it cannot be seen from the plural: people --singular person
  --container      a service with tasks in containers instead: a contract of gRPC, a table that events fill, tasks that hold
                   it in memory, a function that asks them, and its route; any name will do: pricing
  --dry-run        say which files it would write, and write none

npm run remove:service -- NAME takes it out again. docs/first-service.md goes through it step by step.`;

const options = {
  singular: { type: 'string' },
  container: { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const writeFiles = async (root: string, files: ReadonlyMap<string, string>): Promise<void> => {
  for (const [path, text] of files) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
};

const format = async (root: string, paths: readonly string[]): Promise<void> => {
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  const formatted = paths.filter((path) => /\.(ts|json)$/.test(path));
  const { code, output } = await run(process.execPath, [biome, 'check', '--write', ...formatted], root);
  if (code !== 0) throw new ServiceProblem(`what was written cannot be formatted:\n${output}`, 'npm run format');
};

const linesOf = (files: ReadonlyMap<string, string>): number =>
  [...files.values()].reduce((sum, text) => sum + text.trimEnd().split('\n').length, 0);

const main = async (root: string, args: readonly string[]): Promise<void> => {
  const { values, positionals } = argumentsOf('new:service', () =>
    parseArgs({ args: [...args], options, allowPositionals: true }),
  );
  if (values.help) return console.log(HELP);
  const [service, ...more] = positionals;
  if (service === undefined || more.length > 0)
    throw new ServiceProblem('a service has one name', 'npm run new:service -- reviews');
  if (values.container && values.singular !== undefined)
    throw new ServiceProblem(
      'a service in containers has no singular',
      `npm run new:service -- ${service} --container`,
    );
  const template = values.container ? CONTAINER_TEMPLATE : FUNCTIONS_TEMPLATE;
  const names = values.container ? containerNamesOf(service) : namesOf(service, values.singular);
  const sources = await serviceFiles(root, names, template);
  await requireFree(root, names, template);
  if (values['dry-run']) return console.log([...sources.keys()].sort().join('\n'));
  await requireCommitted(root);

  const startedMs = Date.now();
  const report = (line: string) => console.log(`  ${line}`);
  report(`${sources.size} files from ${template}`);
  await writeFiles(root, sources);
  await format(root, [...sources.keys()]);
  const code = await writeGrpcCode(root, [...sources.keys()]);
  const events = await invokeEvents(root, service);
  await writeFiles(root, events);
  await format(root, [...events.keys()]);
  const files = [...sources.keys(), ...code, ...events.keys()];
  await writeManifest(root, service, files);
  await writeGenerated(root, report);
  const seconds = ((Date.now() - startedMs) / 1000).toFixed(1);
  return console.log(`${service} is made: ${files.length} files with ${linesOf(sources)} lines of code, in ${seconds} s.
Next:
  npm run check:fast && npm test -- ${service}    its own tests
  npm start                                       it runs with the others
  git add -A && git commit                        functions/${service}/domain is where it becomes yours`);
};

await command('new:service', () => main(dirname(dirname(import.meta.dirname)), process.argv.slice(2)));
