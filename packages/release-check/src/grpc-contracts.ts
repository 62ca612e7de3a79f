import { cp, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CheckProblem, lastLines } from './problem.ts';
import { type Ended, runProgram } from './program.ts';
import type { Refusal } from './rules/release.ts';

/** Where the contracts of gRPC services are, with the code that is generated from them, and how they were at last. */
const CONTRACTS = 'events/grpc';
const HISTORY = 'events/history/grpc';

const BUF = 'node_modules/@bufbuild/buf/bin/buf';

/** Objections of buf are an exit code of their own. */
const OBJECTS = 100;

const buf = async (root: string, args: readonly string[], folder = '.'): Promise<Ended> => {
  const ended = await runProgram(process.execPath, [join(root, BUF), ...args], { cwd: join(root, folder) });
  if (ended.code === 0 || ended.code === OBJECTS) return ended;
  throw new CheckProblem(`buf ${args[0]} failed:\n${lastLines(ended.output)}`, CONTRACTS, 'mend the .proto files');
};

const filesIn = async (folder: string, ending: string): Promise<readonly string[]> => {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  return names
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith(ending))
    .sort();
};

const contents = async (folder: string, ending: string): Promise<ReadonlyMap<string, string>> => {
  const names = await filesIn(folder, ending);
  return new Map(
    await Promise.all(
      names.map(async (name): Promise<[string, string]> => [name, await readFile(join(folder, name), 'utf8')]),
    ),
  );
};

const lines = ({ answer }: Ended): readonly string[] => answer.split('\n').filter((line) => line !== '');

const textIn = (line: string): { readonly path: string; readonly type: string; readonly text: string } => {
  const { path = CONTRACTS, start_line: at, type, message }: Record<string, unknown> = JSON.parse(line);
  const file = String(path);
  return { path: file, type: String(type), text: `${file}:${String(at ?? 1)} ${String(message)}` };
};

/** Where contracts of gRPC are: those of the system, and those that new services are made from. */
export const grpcFolders = async (root: string): Promise<readonly string[]> => {
  const kinds = await readdir(join(root, 'templates')).catch(() => []);
  const found = kinds.sort().map(async (kind) => {
    const folder = `templates/${kind}/${CONTRACTS}`;
    return (await filesIn(join(root, folder), '.proto')).length > 0 ? [folder] : [];
  });
  return [CONTRACTS, ...(await Promise.all(found)).flat()];
};

/** What in the contracts below `root` breaks clients of those in `before`, a folder of .proto files. */
export const grpcRefusals = async (root: string, before: string): Promise<readonly Refusal[]> => {
  if ((await filesIn(before, '.proto')).length === 0) return [];
  const ended = await buf(root, ['breaking', CONTRACTS, '--against', before, '--error-format', 'json']);
  return lines(ended).map((line) => {
    const { path, type, text } = textIn(line);
    return {
      subject: `${path}/${type}`,
      what: `a gRPC contract breaks its clients: ${text}`,
      where: path,
      why: 'clients that are generated from the contract before keep on calling',
      remedy: 'add to it, or make a package of the next version beside it',
    };
  });
};

/** The same, compared with another checkout. */
export const grpcRefusalsAgainst = (root: string, earlier: string): Promise<readonly Refusal[]> =>
  grpcRefusals(root, join(earlier, CONTRACTS));

/** The same, compared with the committed history. */
export const grpcHistoryRefusals = (root: string): Promise<readonly Refusal[]> =>
  grpcRefusals(root, join(root, HISTORY));

/** What buf objects to in the way the contracts of a folder are written. */
export const grpcLint = async (root: string, contracts = CONTRACTS): Promise<readonly string[]> => {
  const args = ['lint', '.', '--config', join(root, CONTRACTS, 'buf.yaml'), '--error-format', 'json'];
  return lines(await buf(root, args, contracts)).map((line) => `${contracts}/${textIn(line).text}`);
};

const generate = (root: string, contracts: string, to: string): Promise<Ended> =>
  buf(root, ['generate', contracts, '--template', `${CONTRACTS}/buf.gen.yaml`, '-o', to]);

/** The generated code by path below the contracts of a folder: what is committed, and what the contracts give now. */
export const grpcCode = async (root: string, contracts = CONTRACTS) => {
  await mkdir(join(root, 'build'), { recursive: true });
  const folder = await mkdtemp(join(root, 'build/grpc-'));
  try {
    await generate(root, contracts, folder);
    return { committed: await contents(join(root, contracts), '_pb.ts'), current: await contents(folder, '_pb.ts') };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** The contracts by path: as the history has them, and as they are. */
export const grpcHistory = async (root: string) => ({
  committed: await contents(join(root, HISTORY), '.proto'),
  current: await contents(join(root, CONTRACTS), '.proto'),
});

const changedIn = ({ committed, current }: Awaited<ReturnType<typeof grpcCode>>): readonly string[] =>
  [...new Set([...committed.keys(), ...current.keys()])].filter((name) => committed.get(name) !== current.get(name));

/** Generates the code of a folder's contracts; answers the paths that changed. */
const writeCode = async (root: string, contracts: string): Promise<readonly string[]> => {
  const code = await grpcCode(root, contracts);
  const changed = changedIn(code);
  if (changed.length > 0) await generate(root, contracts, contracts);
  for (const name of changed) if (!code.current.has(name)) await rm(join(root, contracts, name));
  return changed.map((name) => `${contracts}/${name}`);
};

/** Generates code and makes the history what the contracts are; answers the paths that changed. */
export const writeGrpc = async (root: string): Promise<readonly string[]> => {
  const written: string[] = [];
  for (const contracts of await grpcFolders(root)) written.push(...(await writeCode(root, contracts)));
  const history = await grpcHistory(root);
  const protos = changedIn(history);
  for (const name of protos) {
    const [from, to] = [join(root, CONTRACTS, name), join(root, HISTORY, name)];
    await mkdir(dirname(to), { recursive: true });
    if (history.current.has(name)) await cp(from, to);
    else await rm(to);
  }
  return [...written, ...protos.map((name) => `${HISTORY}/${name}`)];
};
