import { styleText } from 'node:util';

export type Style = 'dim' | 'red' | 'yellow' | 'green' | 'cyan' | 'bold';

/** How lines are decorated: with time and colours for a person at a terminal, not at all in a file or a pipe. */
export interface Decoration {
  paint(style: Style, text: string): string;
  /** What a line begins with. */
  time(atMs: number): string;
}

const two = (value: number): string => String(value).padStart(2, '0');

const clockTime = (atMs: number): string => {
  const at = new Date(atMs);
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
};

const PLAIN: Decoration = { paint: (_style, text) => text, time: () => '' };

const timed = (paint: Decoration['paint']): Decoration => ({
  paint,
  time: (atMs) => `${paint('dim', clockTime(atMs))} `,
});

const painted = (style: Style, text: string): string => styleText(style, text, { validateStream: false });

export const decorationFor = ({ interactive, colours }: { interactive: boolean; colours: boolean }): Decoration => {
  if (!interactive) return PLAIN;
  return timed(colours ? painted : (_style, text) => text);
};
