import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImageAsset } from '../../../core/ports.ts';

/** What an image says of its containers, as far as its Dockerfile says it in plain words. */
export interface ImageDefaults {
  readonly entryPoint: readonly string[];
  readonly command: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
}

const read = ({ folder, dockerFile }: ImageAsset): string => {
  try {
    return readFileSync(join(folder, dockerFile), 'utf8');
  } catch {
    return '';
  }
};

/** `["node", "main.js"]`, or the words of a shell. */
const argvOf = (text: string): readonly string[] => {
  try {
    const words: unknown = JSON.parse(text);
    if (Array.isArray(words)) return words.map(String);
  } catch {
    // The shell form is no JSON.
  }
  return ['/bin/sh', '-c', text];
};

/** `A=b C="d e"`, or the older `A b`. */
const variablesOf = (text: string): readonly (readonly [string, string])[] => {
  const pairs = [...text.matchAll(/([\w.-]+)=(?:"([^"]*)"|'([^']*)'|(\S*))/g)];
  if (pairs.length > 0) return pairs.map(([, name = '', a, b, c]) => [name, a ?? b ?? c ?? '']);
  const [, name, value = ''] = /^(\S+)\s+(.*)$/.exec(text) ?? [];
  return name === undefined ? [] : [[name, value]];
};

/** `CMD`, `ENTRYPOINT` and `ENV` of the last stage; the last of each counts. */
export const readDockerFile = (image: ImageAsset): ImageDefaults => {
  const lines = read(image)
    .replaceAll(/\\\r?\n/g, ' ')
    .split('\n');
  let defaults: ImageDefaults = { entryPoint: [], command: [], variables: {} };
  for (const line of lines) {
    const [, instruction = '', rest = ''] = /^\s*([A-Za-z]+)\s+(.*?)\s*$/.exec(line) ?? [];
    const { variables } = defaults;
    if (/^FROM$/i.test(instruction)) defaults = { entryPoint: [], command: [], variables: {} };
    if (/^CMD$/i.test(instruction)) defaults = { ...defaults, command: argvOf(rest) };
    if (/^ENTRYPOINT$/i.test(instruction)) defaults = { ...defaults, entryPoint: argvOf(rest) };
    if (/^ENV$/i.test(instruction)) {
      defaults = { ...defaults, variables: { ...variables, ...Object.fromEntries(variablesOf(rest)) } };
    }
  }
  return defaults;
};
