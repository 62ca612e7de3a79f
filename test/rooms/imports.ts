import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { type Room, rooms } from './rooms.ts';

export interface Import {
  readonly from: string;
  /** A path from the root for a relative import, else the package as written. */
  readonly to: string;
}

const STATEMENT = /(?:^|\n)\s*(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|\bimport\s*\(?\s*['"]([^'"]+)['"]/g;

export const importsOf = (file: string, source = readFileSync(file, 'utf8')): readonly Import[] =>
  [...source.matchAll(STATEMENT)].map(([, named, bare]) => {
    const specifier = named ?? bare ?? '';
    const to = specifier.startsWith('.') ? posix.join(posix.dirname(file), specifier) : specifier;
    return { from: file, to };
  });

export const roomOf = (file: string): Room | undefined => rooms.find((room) => room.files.test(file));

const serviceOf = (file: string): string | undefined => /^functions\/([^/]+)\//.exec(file)?.[1];

const isPackage = (to: string): boolean => !/^(bin|lib|functions|events|packages|test)\//.test(to);

/** The folder of a room's file below the room's own; the file's name when it lies in none. */
export const folderOf = ({ files }: Room, file: string): string => file.replace(files, '').split('/')[0] ?? '';

/** Why an import between two files of a room goes against the order of its folders, or undefined when it does not. */
const misorder = (room: Room, { from, to }: Import): string | undefined => {
  if (!room.folders) return undefined;
  const [own, other] = [folderOf(room, from), folderOf(room, to)];
  const allowed = own === other ? room.folders[own] !== undefined : room.folders[own]?.includes(other);
  return allowed ? undefined : `${from} imports ${to}: ${room.name}/${own} may not import ${other}`;
};

/** Why an import is not allowed, or undefined when it is. */
export const objection = ({ from, to }: Import): string | undefined => {
  const room = roomOf(from);
  if (!room) return `${from} lies in no room`;
  if (isPackage(to)) {
    const allowed = room.packages.some((name) => to === name || to.startsWith(/[/:]$/.test(name) ? name : `${name}/`));
    return allowed ? undefined : `${from} (${room.name}) imports the package ${to}`;
  }
  const target = roomOf(to);
  if (!target) return `${from} imports ${to}, which lies in no room`;
  const own = serviceOf(from) === serviceOf(to) && room.rooms.includes(`own:${target.name}`);
  if (!own && !room.rooms.includes(target.name)) return `${from} (${room.name}) imports ${to} (${target.name})`;
  return target === room ? misorder(room, { from, to }) : undefined;
};

const packageOf = (path: string): string | undefined => /^packages\/[^/]+/.exec(path)?.[0];

/** Why an import reaches past the entries that a package's `exports` name, or undefined when it does not. */
export const deepImport = ({ from, to }: Import): string | undefined => {
  const entered = packageOf(to);
  return entered === undefined || entered === packageOf(from)
    ? undefined
    : `${from} imports ${to}: only the entries in ${entered}/package.json are open`;
};
