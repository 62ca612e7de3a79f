import { spawn } from 'node:child_process';

export interface Ran {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Invocation {
  readonly template: string;
  /** Logical id. */
  readonly functionId: string;
  readonly eventFile: string;
  readonly environmentFile: string;
}

/** Long enough for a function's own timeout, a container and a busy machine. */
const GIVE_UP_MS = 180_000;

/** `exitCode` is null when it had to be ended or could not be started; `onProgress` gets stderr as it comes. */
export const run = (
  command: string,
  args: readonly string[],
  limitMs: number,
  onProgress?: (text: string) => void,
): Promise<Ran> =>
  new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: limitMs });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (text: Buffer) => {
      stdout += text.toString();
    });
    child.stderr.on('data', (text: Buffer) => {
      stderr += text.toString();
      onProgress?.(text.toString());
    });
    child.on('error', (error) => resolve({ exitCode: null, stdout, stderr: error.message }));
    child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
  });

/** Docker on Linux knows the machine by this name only when told; Docker Desktop does anyway. */
const HOST = ['--add-host', 'host.docker.internal:host-gateway'];

export interface SamCli {
  /** How it is called, for messages. */
  readonly name: string;
  /** Answers what is missing and what to do, or nothing. */
  prepare(): Promise<string | undefined>;
  invoke(invocation: Invocation): Promise<Ran>;
}

const samItself: SamCli = {
  name: 'sam local invoke',
  prepare: async () => {
    const sam = await run('sam', ['--version'], GIVE_UP_MS);
    if (sam.exitCode !== 0) {
      return 'the AWS SAM CLI is not installed: pipx install aws-sam-cli, or set SAM_LOCAL to a command that wraps it';
    }
    const docker = await run('docker', ['version'], GIVE_UP_MS);
    if (docker.exitCode === 0) return undefined;
    return 'no Docker engine answers: start Docker (docker version must succeed), or set SAM_LOCAL to a command that brings one';
  },
  invoke: ({ template, functionId, eventFile, environmentFile }) => {
    const files = ['--template', template, '--event', eventFile, '--env-vars', environmentFile];
    return run('sam', ['local', 'invoke', functionId, ...files, ...HOST], GIVE_UP_MS);
  },
};

/** A wrapper may have to install all of SAM, an engine and an image. */
const SET_UP_MS = 20 * 60_000;

/** `WRAPPER setup` once, then `WRAPPER invoke TEMPLATE FUNCTION EVENT [options of sam local invoke]`. */
const wrapped = (wrapper: string): SamCli => ({
  name: `${wrapper} invoke`,
  prepare: async () => {
    const setUp = await run(wrapper, ['setup'], SET_UP_MS, (text) => process.stderr.write(text));
    return setUp.exitCode === 0 ? undefined : `${wrapper} setup failed; what it printed above says why`;
  },
  invoke: ({ template, functionId, eventFile, environmentFile }) =>
    run(wrapper, ['invoke', template, functionId, eventFile, '--env-vars', environmentFile], GIVE_UP_MS),
});

/** SAM and whatever Docker engine answers, or the command that the variable SAM_LOCAL names. */
export const samCli = (): SamCli => (process.env.SAM_LOCAL === undefined ? samItself : wrapped(process.env.SAM_LOCAL));
