import type { Runtime } from '../runtime/start-runtime.ts';
import type { CommandLine } from './terminal.ts';

export interface Started {
  readonly runtime: Runtime;
  readonly stage: string;
  /** `ws://…` of the inspector, when it is open. */
  readonly inspectorUrl: string | undefined;
  /** From the start of the process to ready. */
  readonly durationMs: number;
  readonly synthesized: boolean;
  /** The ports that were asked for and taken by another program. */
  readonly takenPort: number | undefined;
  readonly takenEndpointPort: number | undefined;
  /** What the project suggests to try. */
  readonly suggestions: readonly string[];
  /** Where the whole coverage report was written to. */
  readonly coverageFile: string;
}

/** A request that answers without preparation, and one that shows how to send a token. */
const requestsToTry = ({ apiUrl, routes }: Runtime, commandLine: CommandLine): readonly string[] => {
  const plain = routes.filter(({ method, path }) => method === 'GET' && !path.includes('{'));
  const open = plain.find((route) => route.open);
  const guarded = plain.find((route) => !route.open);
  return [
    ...(open ? [`curl ${apiUrl}${open.path}`] : []),
    ...(guarded
      ? [`curl ${apiUrl}${guarded.path} -H "authorization: Bearer $(${commandLine('token', '--sub alice')})"`]
      : []),
  ];
};

/** What a newcomer must know of what is left out; the reasons are in the file. */
const coverageLines = ({ runtime: { coverage }, coverageFile }: Started): readonly string[] => {
  const resources = coverage.types.length;
  const settings = coverage.settings - coverage.honoured;
  if (resources === 0 && settings === 0) return [];
  const who =
    resources === 1 ? '1 resource has' : resources === 0 ? 'Some settings have' : `${resources} resources have`;
  return [`${who} an effect only on AWS; details in ${coverageFile}`];
};

const inspectorLines = ({ inspectorUrl }: Started): readonly string[] =>
  inspectorUrl === undefined
    ? []
    : [`Debugger ${new URL(inspectorUrl).host}  (attach to it; a thread for each function; timeouts are off)`];

/** Tasks become healthy after the start: it does not wait for them. */
const taskLines = ({ containerServices }: Runtime): readonly string[] =>
  containerServices.length === 0 ? [] : [`Tasks    ${containerServices.join(', ')}  (starting; GET /control/tasks)`];

/** At most twelve lines: what started, in how long, where it is, what to try, how to stop. */
export const banner = (started: Started, quiet: boolean, commandLine: CommandLine): readonly string[] => {
  const { runtime, stage, durationMs, synthesized, takenPort, takenEndpointPort } = started;
  const endpointUrl = runtime.world.endpointUrl();
  const where = runtime.apiUrl === undefined ? 'no HTTP API' : `API      ${runtime.apiUrl}`;
  const inspector = inspectorLines(started);
  if (quiet) return [where, `Control  ${runtime.controlUrl}`, ...inspector];
  const how = synthesized ? 'synthesized and started' : 'started';
  const requests = [...requestsToTry(runtime, commandLine), ...started.suggestions];
  return [
    `${runtime.coverage.resources} resources of stage ${stage} ${how} in ${(durationMs / 1000).toFixed(1)} s`,
    ...(takenPort === undefined
      ? []
      : [`Port ${takenPort} is taken by another program; the API moved on to the next free one.`]),
    where,
    `Control  ${runtime.controlUrl}  (token in .local/runtime.json)`,
    `AWS      ${endpointUrl}  (AWS_ENDPOINT_URL for the AWS CLI and SDKs)`,
    ...(takenEndpointPort === undefined
      ? []
      : [
          `Port ${takenEndpointPort} is taken by another program; ${commandLine('env')} writes the other one for sam local invoke.`,
        ]),
    ...taskLines(runtime),
    ...inspector,
    ...coverageLines(started),
    ...requests.map((line, index) => `${index === 0 ? 'Try' : '   '}      ${line}`),
    'Stop with Ctrl+C.',
  ];
};
