import { readFileSync, statSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { dirname, resolve } from 'node:path';
import type { Frame } from './stack.ts';

/** Enough for the functions that fail together; a map is read again afterwards. */
const KEPT = 20;

const LINK = '//# sourceMappingURL=';

/** The text of the map that a JavaScript file names, beside it or in it. */
const mapText = (file: string): string | undefined => {
  const code = readFileSync(file, 'utf8');
  const at = code.lastIndexOf(LINK);
  if (at === -1) return undefined;
  const link = code.slice(at + LINK.length).trim();
  const [, inline] = /^data:application\/json[^,]*;base64,(.*)$/.exec(link) ?? [];
  if (inline !== undefined) return Buffer.from(inline, 'base64').toString('utf8');
  return readFileSync(resolve(dirname(file), link), 'utf8');
};

const readMap = (file: string): SourceMap | undefined => {
  try {
    const text = mapText(file);
    return text === undefined ? undefined : new SourceMap(JSON.parse(text));
  } catch {
    return undefined;
  }
};

const modifiedAt = (file: string): number => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

export type SourcePosition = (frame: Frame) => Frame;

/**
 * Where a frame is in the source that its file was made from. Maps are read when something failed, not before: Node's own
 * `--enable-source-maps` reads the map of every function at its start. A frame that has been mapped already stays.
 */
export const createSourcePositions = (): SourcePosition => {
  const known = new Map<string, { readonly modifiedAtMs: number; readonly map: SourceMap | undefined }>();

  const mapOf = (file: string): SourceMap | undefined => {
    const modifiedAtMs = modifiedAt(file);
    const found = known.get(file);
    if (found?.modifiedAtMs === modifiedAtMs) return found.map;
    const [oldest] = known.keys();
    if (known.size >= KEPT && oldest !== undefined) known.delete(oldest);
    const map = readMap(file);
    known.set(file, { modifiedAtMs, map });
    return map;
  };

  return (frame) => {
    if (!/\.[cm]?js$/.test(frame.file)) return frame;
    const origin = mapOf(frame.file)?.findOrigin(frame.line, frame.column);
    if (origin === undefined || !('fileName' in origin)) return frame;
    const file = resolve(dirname(frame.file), origin.fileName);
    return { name: frame.name, file, line: origin.lineNumber, column: origin.columnNumber };
  };
};
