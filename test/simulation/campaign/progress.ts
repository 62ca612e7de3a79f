const BAR = 30;

export interface Progress {
  /** After each run. */
  show(done: number, failed: number, what: string): void;
  /** A line that stays, above the bar. */
  say(line: string): void;
  end(): void;
}

const rateOf = (done: number, startedAtMs: number): string =>
  `${((done / (Date.now() - startedAtMs)) * 1_000).toFixed(2)} seeds/s`;

/** A bar that is drawn again and again on a terminal; a line for each run elsewhere. `before` were done in earlier runs. */
export const createProgress = (total: number, before: number, out: NodeJS.WriteStream = process.stdout): Progress => {
  const startedAtMs = Date.now();
  let bar = '';
  const clear = () => {
    if (bar !== '') out.write('\r\u001b[K');
  };
  return {
    show: (done, failed, what) => {
      const counts = `${done} of ${total}  ${rateOf(done - before, startedAtMs)}  ${failed} failed`;
      if (!out.isTTY) {
        out.write(`${counts}  (${what})\n`);
        return;
      }
      const filled = Math.round((done / total) * BAR);
      clear();
      bar = `[${'#'.repeat(filled)}${'-'.repeat(BAR - filled)}] ${counts}`;
      out.write(bar);
    },
    say: (line) => {
      clear();
      out.write(`${line}\n${bar}`);
    },
    end: () => {
      if (bar !== '') out.write('\n');
      bar = '';
    },
  };
};
