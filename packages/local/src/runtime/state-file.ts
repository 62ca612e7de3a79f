import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isObject } from '../core/json.ts';
import { isAlive } from './is-alive.ts';

/** Where a running system can be reached: `.local/runtime.json`. */
export interface RuntimeState {
  readonly apiUrl: string;
  /** Where AWS calls are answered. */
  readonly endpointUrl: string;
  readonly controlUrl: string;
  readonly controlToken: string;
  readonly pid: number;
  readonly stage: string;
}

export const stateFileIn = (folder: string): string => join(folder, '.local', 'runtime.json');

/** Atomic, and readable by its owner alone: it holds the control token. */
export const writeStateFile = (file: string, state: RuntimeState): void => {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${state.pid}`;
  writeFileSync(draft, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, file);
};

const read = (file: string): RuntimeState | undefined => {
  try {
    const state: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (!isObject(state) || typeof state.pid !== 'number') return undefined;
    const { apiUrl, endpointUrl, controlUrl, controlToken, stage, pid } = state;
    return {
      apiUrl: String(apiUrl),
      endpointUrl: String(endpointUrl),
      controlUrl: String(controlUrl),
      controlToken: String(controlToken),
      stage: String(stage),
      pid,
    };
  } catch {
    return undefined;
  }
};

/** The system that runs in this folder; undefined when there is none or its process is gone. */
export const readRunning = (file: string): RuntimeState | undefined => {
  const state = read(file);
  return state && isAlive(state.pid) ? state : undefined;
};

/** Takes the file away if it is still about this process. */
export const removeStateFile = (file: string, pid: number): void => {
  if (read(file)?.pid === pid) rmSync(file, { force: true });
};
