import { readFileSync } from 'node:fs';
import { isObject, type JsonObject } from '../core/json.ts';
import { StartError } from '../core/start-error.ts';
import { codeOf, messageOf } from '../core/thrown.ts';

/** Reads a JSON object; `what` names it in the refusal, e.g. `the assembly's manifest`. */
export const readJsonObject = (file: string, what: string, remedy: string): JsonObject => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const missing = codeOf(error) === 'ENOENT';
    throw new StartError(missing ? `${what} is missing` : `${what} cannot be read: ${messageOf(error)}`, file, remedy);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new StartError(`${what} is not valid JSON: ${messageOf(error)}`, file, remedy);
  }
  if (!isObject(value)) throw new StartError(`${what} is not a JSON object`, file, remedy);
  return value;
};
