import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

const USAGE = `Runs the cases that need no token against a deployment, over HTTPS as any caller.

  npm run test:public -- --outputs FILE    the file that \`cdk deploy --outputs-file\` wrote
  npm run test:public -- --url URL         the base URL of the API`;

type Outputs = Readonly<Record<string, Readonly<Record<string, string>>>>;

const urlIn = async (file: string): Promise<string> => {
  const outputs: Outputs = JSON.parse(await readFile(file, 'utf8'));
  const found = Object.entries(outputs).find(([stack]) => stack.endsWith('-gateway-stage'))?.[1].Url;
  if (found === undefined)
    throw new Error(`${file} names no URL of a gateway stage; deploy all stacks with --outputs-file`);
  return found;
};

const baseUrl = async (): Promise<string> => {
  const { values } = parseArgs({ options: { outputs: { type: 'string' }, url: { type: 'string' } } });
  if (values.url !== undefined) return new URL(values.url).href.replace(/\/$/, '');
  if (values.outputs !== undefined) return urlIn(values.outputs);
  throw new Error(USAGE);
};

try {
  const root = dirname(dirname(import.meta.dirname));
  const jest = spawn(
    process.execPath,
    [
      ...['--experimental-vm-modules', '--no-warnings', join(root, 'node_modules/jest/bin/jest.js')],
      ...['--testMatch', '<rootDir>/test/e2e/public.e2e.ts', '--testTimeout', '30000'],
    ],
    { cwd: root, stdio: 'inherit', env: { ...process.env, ARCHIPELAGO_API_URL: await baseUrl() } },
  );
  jest.on('close', (code) => {
    process.exitCode = code ?? 1;
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
