import { join, resolve } from 'node:path';
import { readJsonObject } from '../assembly/read-json.ts';
import type { JsonObject } from '../core/json.ts';
import { startRuntime } from '../runtime/start-runtime.ts';
import { readRunning, stateFileIn } from '../runtime/state-file.ts';
import { askControl } from './control-client.ts';
import { parseOptions } from './parse-options.ts';
import { readProject } from './project.ts';
import { synthesize } from './synthesize.ts';
import type { CommandLine, Terminal } from './terminal.ts';

const helpOf = (commandLine: CommandLine): string => `Invokes one function and prints its answer.

  ${commandLine('invoke', '<service>/<function> [event.json] [--stage dev]')}

The event defaults to events/invoke/<service>/<function>.json. A running system is used when there is one;
otherwise one is started for this invocation.`;

const parse = (args: readonly string[], commandLine: CommandLine) =>
  parseOptions(commandLine('invoke', '--help'), {
    args: [...args],
    allowPositionals: true,
    options: { help: { type: 'boolean', short: 'h', default: false }, stage: { type: 'string', default: 'dev' } },
  });

/** Asks the running system, or one that lives for this invocation only. */
const invoke = async (folder: string, stage: string, body: JsonObject) => {
  const running = readRunning(stateFileIn(folder));
  if (running) return askControl(running, 'invoke', body);
  const { assemblyFolder } = await synthesize(readProject(folder), stage);
  const runtime = await startRuntime({ assemblyFolder });
  try {
    return await askControl(runtime, 'invoke', body);
  } finally {
    await runtime.stop();
  }
};

const indented = (payload: string) => (payload === '' ? '' : JSON.stringify(JSON.parse(payload), null, 2));

/** Answers the exit code: 1 when the function fails. */
export const runInvoke = async (
  args: readonly string[],
  { folder, out, err, commandLine }: Pick<Terminal, 'folder' | 'out' | 'err' | 'commandLine'>,
): Promise<number> => {
  const { values, positionals } = parse(args, commandLine);
  const [name, eventFile] = positionals;
  if (values.help || name === undefined) {
    (values.help ? out : err)(helpOf(commandLine));
    return values.help ? 0 : 2;
  }
  const file = resolve(folder, eventFile ?? join('events', 'invoke', `${name}.json`));
  const event = readJsonObject(file, `the event for ${name}`, 'give the file of an event as second argument');
  const { payload = '', functionError, functionName } = await invoke(folder, values.stage, { function: name, event });
  out(indented(payload));
  if (functionError === undefined) return 0;
  err(`${functionName} failed (${functionError})`);
  return 1;
};
