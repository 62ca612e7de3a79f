import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { sources } from '../rooms/sources.ts';
import { PAGES } from './markdown.ts';

/** Words that readers with English as a second language stumble over, or that are metaphors here. */
const AVOIDED =
  /\b(anew|beaten|splitted|nobody|somebody|whoever|whom|hear|hears|heard|tell|tells|told|telling|news|doors?|the kit|by and by|for ever|once an? [a-z]+,? |handwork|inert)\b/gi;

/** Code, titles of tests and messages of programs stay as they are. */
const prose = (text: string): string =>
  text
    .replace(/```[\s\S]*?```/g, '')
    .replace(/`[^`]*`/g, '')
    .replace(/“[^”]*”/g, '')
    .replace(/\]\([^)]*\)/g, ']');

const avoidedIn = (text: string): readonly string[] => [...prose(text).matchAll(AVOIDED)].map(([word]) => word);

describe('the pages', () => {
  it.each(PAGES)('use common words: %s', (page) => {
    expect(avoidedIn(readFileSync(page, 'utf8'))).toEqual([]);
  });

  it('are found out with a word to avoid, but may quote one', () => {
    expect(avoidedIn('Whoever is told anew, `tells` nobody “of the news”.')).toEqual([
      'Whoever',
      'told',
      'anew',
      'nobody',
    ]);
  });
});

const COMMENT = /\/\*[\s\S]*?\*\/|(?<![:'"`])\/\/ [^\n]*/g;

describe('the comments of the system', () => {
  it('use common words', () => {
    const files = sources.filter((file) => /^(functions|lib|events)\//.test(file));
    const found = files.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(COMMENT)].flatMap(([comment]) =>
        avoidedIn(comment).map((word) => `${file}: ${word}`),
      ),
    );
    expect(found).toEqual([]);
  });
});
