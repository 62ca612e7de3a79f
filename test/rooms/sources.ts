import { readdirSync } from 'node:fs';

/** Every source file of the program, tests apart, with forward slashes. */
export const sources: readonly string[] = ['bin', 'lib', 'functions', 'events', 'packages/local/src'].flatMap(
  (folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|js)$/.test(name))
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`),
);
