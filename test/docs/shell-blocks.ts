import { readFileSync } from 'node:fs';

export interface ShellBlock {
  readonly section: string;
  /** What a reader pastes at once. */
  readonly text: string;
  /** Parts of the answer that comments promise, in their order; `…` stands between them. */
  readonly promised: readonly string[];
}

const FENCE = /```sh\n([\s\S]*?)```/g;

/** The shell blocks of a page by section. */
export const shellBlocks = (page: string): readonly ShellBlock[] =>
  readFileSync(page, 'utf8')
    .split(/\n## /)
    .flatMap((part) => {
      const [section = ''] = part.split('\n');
      return [...part.matchAll(FENCE)].map(([, text = '']) => {
        const comments = [...text.matchAll(/\s# (.*)$/gm)].map(([, comment = '']) => comment);
        return { section, text, promised: comments.flatMap((comment) => comment.split('…')).filter(Boolean) };
      });
    });

/** The first part that the answer lacks, behind those before it. */
export const missingIn = (answer: string, promised: readonly string[]): string | undefined => {
  let from = 0;
  return promised.find((part) => {
    const at = answer.indexOf(part, from);
    from = at + part.length;
    return at < 0;
  });
};
