import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';

const AS = /\bas\b(?!\s+const\b)/g;

/** Comments, texts, and what `import { type A as B }` renames. */
const OTHER =
  /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|\b(?:import|export)\s+(?:type\s+)?\{[^}]*\}/g;

const blank = (text: string): string => text.replace(/\S/g, ' ');

/**
 * The lines that cast a value with `as`. Node.js takes the types out of a source and leaves blanks in their place: an
 * `as` that is blank then was a cast, and one that is still there was a word of a text.
 */
export const castsIn = (file: string, source = readFileSync(file, 'utf8')): readonly string[] => {
  const stripped = stripTypeScriptTypes(source);
  return [...source.replace(OTHER, blank).matchAll(AS)]
    .filter(({ index }) => stripped.slice(index, index + 2).trim() === '')
    .map(({ index }) => `${file}:${source.slice(0, index).split('\n').length}`);
};
