import { access, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { foldersOf, historyOf, manifestPath } from './manifest.ts';
import { camelCase, pascalCase, type ServiceNames } from './names.ts';
import { ServiceProblem } from './problem.ts';
import { wordsOfTemplate } from './template.ts';

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

interface Published {
  readonly key?: string;
  readonly type?: string;
}

/** Routes and messages of every service, as `npm run contracts` wrote them. */
const published = async (root: string): Promise<readonly Published[]> => {
  const folder = join(root, 'events/history');
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.json'));
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.flatMap((text): readonly Published[] => JSON.parse(text));
};

/** Where a service of that name would lie. */
const placesOf = (service: string): readonly string[] => [
  ...foldersOf(service),
  ...historyOf(service),
  `lib/stacks/${service}-stack.ts`,
  `test/e2e/cases/${service}.ts`,
  manifestPath(service),
];

/** Throws a ServiceProblem when the name, or what is made of it, is in use. */
export const requireFree = async (root: string, { service, one }: ServiceNames, template: string): Promise<void> => {
  const there = await Promise.all(
    placesOf(service).map(async (path) => ((await isThere(join(root, path))) ? [path] : [])),
  );
  const found = there.flat();
  if (found.length > 0)
    throw new ServiceProblem(
      `'${service}' is taken: ${found.join(', ')}`,
      'choose another name, or remove that one first',
    );

  const contracts = await published(root);
  const route = contracts.find(({ key = '' }) => key.split(' ')[1]?.split('/')[1] === service);
  if (route) throw new ServiceProblem(`another service has the route ${route.key}`, 'choose another name');
  const event = `${pascalCase(one)}Saved.v1`;
  if (contracts.some(({ type }) => type === event))
    throw new ServiceProblem(`another service has the event ${event}`, 'choose another singular: --singular');

  const words = await wordsOfTemplate(root, template);
  const word = [service, one].flatMap((name) => [camelCase(name), pascalCase(name)]).find((name) => words.has(name));
  if (word)
    throw new ServiceProblem(`the code of a service uses the word '${word}' for something else`, 'choose another name');
};
