import { invalidPattern } from './invalid-pattern.ts';

/** Tests for `*` (any characters, or none) with `\*` and `\\` as escapes. */
export const compileWildcard = (pattern: string): ((value: string) => boolean) => {
  let expression = '';
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern.charAt(at);
    const next = pattern.charAt(at + 1);
    if (character === '*') {
      if (next === '*') throw invalidPattern(`Consecutive wildcard characters at pos ${at + 1}`);
      expression += '[^]*';
    } else if (character === '\\') {
      if (next !== '*' && next !== '\\') throw invalidPattern(`Invalid escape character at pos ${at + 1}`);
      expression += `\\${next}`;
      at++;
    } else {
      expression += character.replace(/[.+?^${}()|[\]/-]/, '\\$&');
    }
  }
  const compiled = new RegExp(`^${expression}$`);
  return (value) => compiled.test(value);
};
