/** The commands, for programs that run them: each takes its arguments and a terminal. */
export { command, terminal } from './cli/command.ts';
export { ENDPOINT_PORT } from './cli/options.ts';
export { readProject } from './cli/project.ts';
export { runEnv } from './cli/run-env.ts';
export { runInvoke } from './cli/run-invoke.ts';
export type { WatchBundles } from './cli/run-local.ts';
export { runStart } from './cli/run-start.ts';
export { runToken } from './cli/run-token.ts';
export { synthesize } from './cli/synthesize.ts';
