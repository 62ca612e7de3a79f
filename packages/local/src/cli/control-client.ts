import type { JsonObject } from '../core/json.ts';
import { StartError } from '../core/start-error.ts';
import { type RuntimeState, readRunning, stateFileIn } from '../runtime/state-file.ts';

export const runningIn = (folder: string): RuntimeState => {
  const file = stateFileIn(folder);
  const running = readRunning(file);
  if (!running) throw new StartError('nothing runs here', file, 'start the system with npm start in another shell');
  return running;
};

/** Calls `POST /control/<operation>` of a running system; throws with its message when it refuses. */
export const askControl = async (
  { controlUrl, controlToken }: Pick<RuntimeState, 'controlUrl' | 'controlToken'>,
  operation: string,
  body: JsonObject,
): Promise<Record<string, string>> => {
  const response = await fetch(`${controlUrl}/control/${operation}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${controlToken}` },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as Record<string, string>;
  if (!response.ok) throw new StartError(String(answer.message), `POST /control/${operation}`, 'see --help');
  return answer;
};
