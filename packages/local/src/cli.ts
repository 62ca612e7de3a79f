/** The commands, for programs that run them: each takes its arguments and a terminal. */
export { command, createTerminal } from './cli/command.ts';
export { askControl, runningIn } from './cli/control-client.ts';
export type { WatchBundles } from './cli/follow/follow-edits.ts';
export type { AssemblySources } from './cli/follow/follow-sources.ts';
export { watchFolder } from './cli/follow/watch-folder.ts';
export { ENDPOINT_PORT } from './cli/options.ts';
export { parseOptions } from './cli/parse-options.ts';
export { readProject } from './cli/project.ts';
export { runEnv } from './cli/run-env.ts';
export { runInvoke } from './cli/run-invoke.ts';
export { runRedrive } from './cli/run-redrive.ts';
export { runStart } from './cli/run-start.ts';
export { runToken } from './cli/run-token.ts';
export { synthesize } from './cli/synthesize.ts';
export type { CommandLine, Terminal } from './cli/terminal.ts';
export { StartError } from './core/start-error.ts';
