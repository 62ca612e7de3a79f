import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readAssembly } from '../../src/assembly/read-assembly.ts';
import { nestIn, writeAssembly } from './written-assembly.ts';

const empty = { template: { Resources: {} } };

describe('reading a cloud assembly', () => {
  it('names stacks as they are deployed and finds assets by their object key', () => {
    const assets = {
      files: {
        abc: {
          source: { path: 'asset.abc', packaging: 'zip' },
          destinations: { here: { bucketName: 'b', objectKey: 'abc.zip' } },
        },
      },
    };
    const folder = writeAssembly({
      Shop: { ...empty, properties: { stackName: 'dev-shop', tags: { service: 'shop' } }, assets },
    });
    const assembly = readAssembly(folder);
    expect(assembly.stacks.map(({ name, tags }) => [name, tags])).toEqual([['dev-shop', { service: 'shop' }]]);
    expect(assembly.assets.locate('any', 'abc.zip')).toBe(join(folder, 'asset.abc'));
    expect(assembly.assets.locate('any', 'other.zip')).toBeUndefined();
  });

  it('reads the assemblies of stages inside an assembly', () => {
    const outer = mkdtempSync(join(tmpdir(), 'outer-'));
    nestIn(outer, 'assembly-Prod', { Shop: empty });
    expect(readAssembly(outer).stacks.map(({ name }) => name)).toEqual(['Shop']);
  });

  it('says what is missing, where, and what to do', () => {
    const folder = mkdtempSync(join(tmpdir(), 'nothing-'));
    expect(() => readAssembly(folder)).toThrow(/manifest is missing[\s\S]*manifest\.json[\s\S]*cdk synth/);
  });

  it('says which template is broken', () => {
    const folder = writeAssembly({ Shop: empty });
    writeFileSync(join(folder, 'Shop.template.json'), '{"Resources": ');
    expect(() => readAssembly(folder)).toThrow(/template of stack Shop is not valid JSON[\s\S]*Shop\.template\.json/);
    writeFileSync(join(folder, 'Shop.template.json'), '{"Resources": {"Lost": {}}}');
    expect(() => readAssembly(folder)).toThrow(/resource Lost has no Type/);
  });

  it('refuses a schema newer than it knows', () => {
    const folder = writeAssembly({ Shop: empty });
    writeFileSync(join(folder, 'manifest.json'), '{"version": "99.0.0", "artifacts": {}}');
    expect(() => readAssembly(folder)).toThrow(/schema version 99\.0\.0; 55/);
  });
});
