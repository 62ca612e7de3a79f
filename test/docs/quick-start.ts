import { readFileSync } from 'node:fs';

export interface Command {
  /** As the page has it, continued lines included. */
  readonly text: string;
  /** Parts of the answer that the comment behind the command promises, in their order; `…` stands between them. */
  readonly promised: readonly string[];
}

/** What a reader pastes at once. */
export type Block = readonly Command[];

const FENCE = /```(\w*)\n([\s\S]*?)```/g;
const INSTALLED_AND_STARTED = 'npm ci\nnpm start\n';

const commandOf = (line: string): Command => {
  const [, comment = ''] = /\s# (.*)$/.exec(line) ?? [];
  return { text: line, promised: comment.split('…').filter((part) => part !== '') };
};

const commandsOf = (block: string): Block =>
  block
    .split(/(?<!\\)\n/)
    .filter((line) => line !== '')
    .map(commandOf);

/** The shell blocks of the README's quick start that follow on `npm ci` and `npm start`. */
export const quickStart = (): readonly Block[] => {
  const [, section = ''] = /\n## Quick start\n([\s\S]*?)\n## /.exec(readFileSync('README.md', 'utf8')) ?? [];
  const blocks = [...section.matchAll(FENCE)]
    .filter(([, language]) => language === 'sh')
    .map(([, , text = '']) => text);
  if (blocks[0] !== INSTALLED_AND_STARTED) throw new Error('the quick start does not begin with its two commands');
  return blocks.slice(1).map(commandsOf);
};
