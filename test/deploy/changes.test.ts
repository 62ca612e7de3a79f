import { existsSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { brokenChange, compatibleChange, revisedChange } from './changes.ts';

const changes = { compatibleChange, revisedChange, brokenChange };

describe.each(Object.entries(changes))('%s', (_name, edits) => {
  it('fits the sources as they are', () => {
    const missing = edits.filter(
      (edit) => 'replace' in edit && readFileSync(edit.file, 'utf8').split(edit.replace).length !== 2,
    );
    expect(missing.map(({ file }) => file)).toEqual([]);
  });

  it('adds files that import only what is there', () => {
    const imports = edits.flatMap((edit) =>
      'text' in edit
        ? [...edit.text.matchAll(/from '(\.[^']+)'/g)].map(([, path = '']) =>
            posix.join(posix.dirname(edit.file), path),
          )
        : [],
    );
    expect(imports.filter((path) => !existsSync(path))).toEqual([]);
  });
});
