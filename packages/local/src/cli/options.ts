import { isIP } from 'node:net';
import { StartError } from '../core/start-error.ts';
import { INSPECTOR_PORT } from './inspector.ts';
import { parseOptions } from './parse-options.ts';
import type { CommandLine } from './terminal.ts';

export interface LocalOptions {
  readonly help: boolean;
  readonly port: number;
  readonly endpointPort: number;
  readonly alsoListenOn: string | undefined;
  /** The folder of an assembly that somebody else synthesized. */
  readonly app: string | undefined;
  readonly keep: boolean;
  /** Tasks run in the images of their definitions, and not as processes. */
  readonly containers: boolean;
  /** Policies of the assembly are read, and nothing is refused for want of a permission. */
  readonly noIam: boolean;
  /** The port to open an inspector on; undefined means none. */
  readonly inspect: number | undefined;
  readonly stage: string;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly logs: boolean;
}

/** Away from the one that emulators of AWS take, so that one can run beside. */
export const ENDPOINT_PORT = 4580;

export const startHelp = (
  commandLine: CommandLine,
): string => `Runs the whole system on this machine, from the cloud assembly that \`cdk deploy\` ships.

  ${commandLine('start', '[options]')}

  --port N        port of the HTTP API (default 3000; 0 = any free one; a taken one moves on to the next)
  --endpoint-port N
                  port that answers AWS calls (default ${ENDPOINT_PORT}, which events/env.json names; 0 and a taken one as above)
  --listen-also ADDRESS
                  listen on this address of the machine as well as on loopback, so that containers reach the system:
                  the address of Docker's bridge on Linux, 172.17.0.1
  --stage NAME    which stage to synthesize (default dev)
  --app FOLDER    run the assembly in this folder (another app's cdk.out) instead of synthesizing this project
  --keep          keep tables, signing keys and how far streams were handled, in .local/keep/<stage>, for the next start
                  (default: memory only); queued messages, parameters and registrations are always empty at a start
  --containers    build images and run tasks in containers, with docker, podman or finch (default: as processes)
  --inspect[=PORT]
                  open a debugger's port (default ${INSPECTOR_PORT}; 0 and a taken one as above), and let no timeout end a function
                  or a request while you stand at a breakpoint
  --no-iam        let every function do everything, whatever the policies of the assembly allow
  --json          print one JSON object per line
  --quiet         print the URLs and failures only
  --logs          print structured log lines of every level, not only those that warn
  --help          print this

Stop with Ctrl+C. While it runs: ${commandLine('token')}, ${commandLine('invoke')}.`;

type Fault = (message: string) => StartError;

const portOf = (option: string, text: string, fault: Fault): number => {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw fault(`--${option} takes a number from 0 to 65535, not '${text}'`);
  return port;
};

/** Every address would be the whole network's: nothing here is made for that. */
const addressOf = (text: string, fault: Fault): string => {
  if (isIP(text) !== 0 && !/^(0\.0\.0\.0|127\..*|::1?)$/.test(text)) return text;
  throw fault(`--listen-also takes the address of one interface other than loopback, not '${text}'`);
};

const parse = (args: readonly string[], helpCommand: string) =>
  parseOptions(helpCommand, {
    // As Node's own option: it may stand without a port.
    args: args.map((arg) => (arg === '--inspect' ? `--inspect=${INSPECTOR_PORT}` : arg)),
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      port: { type: 'string', default: '3000' },
      'endpoint-port': { type: 'string', default: String(ENDPOINT_PORT) },
      'listen-also': { type: 'string' },
      app: { type: 'string' },
      keep: { type: 'boolean', default: false },
      containers: { type: 'boolean', default: false },
      'no-iam': { type: 'boolean', default: false },
      inspect: { type: 'string' },
      stage: { type: 'string', default: 'dev' },
      json: { type: 'boolean', default: false },
      quiet: { type: 'boolean', default: false },
      logs: { type: 'boolean', default: false },
    },
  }).values;

/** Throws StartError for an unknown option or a value that does not fit. */
export const parseLocalOptions = (args: readonly string[], commandLine: CommandLine): LocalOptions => {
  const helpCommand = commandLine('start', '--help');
  const fault: Fault = (message) => new StartError(message, 'the command line', `see ${helpCommand}`);
  const values = parse(args, helpCommand);
  const { port, 'endpoint-port': endpointPort, 'listen-also': address, 'no-iam': noIam, inspect, ...others } = values;
  return {
    ...others,
    noIam,
    app: values.app,
    inspect: inspect === undefined ? undefined : portOf('inspect', inspect, fault),
    port: portOf('port', port, fault),
    endpointPort: portOf('endpoint-port', endpointPort, fault),
    alsoListenOn: address === undefined ? undefined : addressOf(address, fault),
  };
};
