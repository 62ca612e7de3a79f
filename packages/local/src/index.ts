/** The runtime, for programs that start it in their own process. */
export { readAssembly } from './assembly/read-assembly.ts';
export { type Runtime, startRuntime } from './runtime/start-runtime.ts';
export { stateFileIn, writeStateFile } from './runtime/state-file.ts';
export { samEnvironment } from './sam/sam-environment.ts';
