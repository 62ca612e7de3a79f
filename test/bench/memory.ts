import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly rssKb: number;
}

const processes = (): readonly Process[] =>
  execFileSync('ps', ['-A', '-o', 'pid=,ppid=,rss='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .map(([pid = 0, parent = 0, rssKb = 0]) => ({ pid, parent, rssKb }));

/** Shared pages counted once where Linux tells; elsewhere the resident set, which is more. */
const residentKb = ({ pid, rssKb }: Process): number => {
  try {
    const pss = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
    return pss === undefined ? rssKb : Number(pss);
  } catch {
    return rssKb;
  }
};

const treeOf = (root: number): readonly Process[] => {
  const all = processes();
  const tree = new Set([root]);
  for (let size = 0; size < tree.size; ) {
    size = tree.size;
    for (const { pid, parent } of all) if (tree.has(parent)) tree.add(pid);
  }
  return all.filter(({ pid }) => tree.has(pid));
};

/** Megabytes held by a process and all its descendants. */
export const memoryOfTree = (root: number): number =>
  treeOf(root).reduce((sum, each) => sum + residentKb(each), 0) / 1024;

/** Linux counts in hundredths of a second. */
const TICK_MS = 10;

/** Fields 14 and 15, in user mode and in the kernel; the name before them may hold blanks. */
const processorMs = ({ pid }: Process): number => {
  const [user = 0, system = 0] = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')
    .slice(11, 13)
    .map(Number);
  return (user + system) * TICK_MS;
};

/** Milliseconds of processor time that a process and its descendants have used. Linux only. */
export const processorOfTree = (root: number): number => treeOf(root).reduce((sum, each) => sum + processorMs(each), 0);
