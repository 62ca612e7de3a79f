import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { runCommand } from '../deploy/command.ts';
import { lastLines, Problem } from '../deploy/problem.ts';
import { pythonEnvironment } from '../deploy/python-environment.ts';

const here = import.meta.dirname;
const PROTOS = resolve(here, '../../events/grpc');
const PROGRAMS = join(here, 'python');

/** Where pip's packages are kept from one run to the next. */
const ENVIRONMENT = resolve(here, '../../.local/clients/python');

/** openapi-python-client runs on no older one. */
const PYTHON = '3.11';

export interface SystemForClients {
  readonly apiUrl: string;
  readonly controlUrl: string;
  readonly controlToken: string;
  readonly searchAddress: string;
}

const python = async (args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<string> => {
  const { code, output } = await runCommand(join(ENVIRONMENT, 'bin/python'), args, { env });
  if (code !== 0)
    throw new Problem(`python ${args.slice(0, 3).join(' ')} ended with code ${code}:\n${lastLines(output, 60)}`);
  return output;
};

/** The generators and what their code needs, at the versions and with the hashes of requirements.txt. */
export const installGenerators = async (): Promise<void> => {
  const requirements = join(here, 'requirements.txt');
  const asked = ['--require-hashes', '-r', requirements];
  await pythonEnvironment(ENVIRONMENT, { asked, wanted: await readFile(requirements, 'utf8'), python: PYTHON });
};

/** Writes `archipelago_http` into a folder. */
export const generateHttpClient = async (description: string, folder: string): Promise<void> => {
  const from = ['--path', description, '--config', join(here, 'openapi-python-client.yaml')];
  const to = ['--meta', 'none', '--output-path', join(folder, 'archipelago_http'), '--fail-on-warning'];
  await python(['-m', 'openapi_python_client', 'generate', ...from, ...to]);
};

/** Writes `archipelago`, from every `.proto` of ours, into a folder. */
export const generateGrpcClient = async (folder: string): Promise<void> => {
  const files = await readdir(join(PROTOS, 'archipelago'), { recursive: true });
  const protos = files.filter((file) => file.endsWith('.proto')).map((file) => join('archipelago', file));
  const to = [`--python_out=${folder}`, `--grpc_python_out=${folder}`];
  await python(['-m', 'grpc_tools.protoc', `-I${PROTOS}`, ...to, ...protos]);
};

/** Runs a program against the system with the generated code; answers what it printed. Throws a Problem when it fails. */
export const runProgram = async (name: string, generated: string, system: SystemForClients): Promise<string> =>
  python([join(PROGRAMS, name), '--verbose'], {
    ...process.env,
    ...{ PYTHONPATH: generated, PYTHONDONTWRITEBYTECODE: '1' },
    ...{ API_URL: system.apiUrl, SEARCH_ADDRESS: system.searchAddress },
    ...{ CONTROL_URL: system.controlUrl, CONTROL_TOKEN: system.controlToken },
  });
