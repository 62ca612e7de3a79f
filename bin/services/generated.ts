import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LIST, listOf, registeredServices } from './list.ts';
import { ServiceProblem } from './problem.ts';
import { git, run } from './run.ts';

/** What is written from the sources, and changes with every service. */
const GENERATED = [
  LIST,
  'events/grpc',
  'events/history',
  'events/env.json',
  'test/infra/golden',
  'docs/events.md',
  'docs/costs.md',
  'docs/deploying.md',
  'docs/architecture.md',
];

/** The scripts that write the rest, in an order in which each finds what it reads. */
const SCRIPTS = ['contracts', 'golden', 'docs', 'env'];

/** Throws a ServiceProblem when something of it is not committed: it would be mixed with what comes. */
export const requireCommitted = async (root: string): Promise<void> => {
  const changed = await git(root, 'status', '--porcelain', '--', ...GENERATED);
  if (changed === '') return;
  throw new ServiceProblem(
    `these files would be written again, and have changes that are not committed:\n${changed}`,
    'commit them, or put them aside with git stash',
  );
};

const BUF = 'node_modules/@bufbuild/buf/bin/buf';
const PROTOS = 'events/grpc';

/** Generates the code of contracts of gRPC, given by path from the root; answers what was written. */
export const writeGrpcCode = async (root: string, paths: readonly string[]): Promise<readonly string[]> => {
  const protos = paths.filter((path) => path.endsWith('.proto'));
  if (protos.length === 0) return [];
  const only = protos.flatMap((path) => ['--path', path]);
  const args = [BUF, 'generate', PROTOS, '--template', `${PROTOS}/buf.gen.yaml`, '-o', PROTOS, ...only];
  const { code, output } = await run(process.execPath, args, root);
  if (code !== 0) throw new ServiceProblem(`buf generate failed:\n${output.trim()}`, 'npm ci');
  return protos.map((path) => path.replace(/\.proto$/, '_pb.ts'));
};

/** Writes the list of services, and everything that follows from the sources. */
export const writeGenerated = async (root: string, report: (line: string) => void): Promise<void> => {
  await writeFile(join(root, LIST), listOf(await registeredServices(root)));
  for (const script of SCRIPTS) {
    report(`npm run ${script}`);
    const { code, output } = await run('npm', ['run', '--silent', script], root);
    if (code === 0) continue;
    const rest = SCRIPTS.slice(SCRIPTS.indexOf(script)).map((name) => `npm run ${name}`);
    throw new ServiceProblem(`npm run ${script} failed:\n${output.trim()}`, `correct it, then: ${rest.join(' && ')}`);
  }
};
