import { isObject, type JsonObject } from '../core/json.ts';
import { StartError } from '../core/start-error.ts';
import { type RuntimeState, readRunning, stateFileIn } from '../runtime/state-file.ts';
import type { Terminal } from './terminal.ts';

export const runningIn = ({ folder, commandLine }: Pick<Terminal, 'folder' | 'commandLine'>): RuntimeState => {
  const file = stateFileIn(folder);
  const running = readRunning(file);
  if (!running) {
    throw new StartError('nothing runs here', file, `start the system with ${commandLine('start')} in another shell`);
  }
  return running;
};

/** The members that are text; an operation answers with no others. */
const textsIn = (answer: unknown): Readonly<Record<string, string>> => {
  const members = isObject(answer) ? Object.entries(answer) : [];
  return Object.fromEntries(members.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
};

/** Calls `POST /control/<operation>` of a running system; throws with its message when it refuses. */
export const askControl = async (
  { controlUrl, controlToken }: Pick<RuntimeState, 'controlUrl' | 'controlToken'>,
  operation: string,
  body: JsonObject,
): Promise<Readonly<Record<string, string>>> => {
  const response = await fetch(`${controlUrl}/control/${operation}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${controlToken}` },
    body: JSON.stringify(body),
  });
  const answer = textsIn(await response.json());
  if (!response.ok)
    throw new StartError(answer.message ?? response.statusText, `POST /control/${operation}`, 'see --help');
  return answer;
};
