import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { LIST, listOf, registeredServices } from './list.ts';

const HELP = `Writes the list of services, ${LIST}: every stack in lib/stacks whose constructor takes RegisteredStackProps
or, with tasks in containers, ContainerStackProps.

  npm run services`;

const main = async (): Promise<void> => {
  const { help } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } }).values;
  if (help) return console.log(HELP);
  const root = dirname(dirname(import.meta.dirname));
  const services = await registeredServices(root);
  const text = listOf(services);
  const isCurrent = (await readFile(join(root, LIST), 'utf8').catch(() => '')) === text;
  if (!isCurrent) await writeFile(join(root, LIST), text);
  return console.log(
    `${LIST} ${isCurrent ? 'is up to date' : 'is written'}: ${services.map(({ name }) => name).join(', ')}`,
  );
};

main().catch((error: unknown) => {
  console.error(`services: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
});
