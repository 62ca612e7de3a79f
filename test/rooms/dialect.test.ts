import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { sources } from './sources.ts';

const DECIDER = /^functions\/([^/]+)\/domain\/(.+)-decider\.ts$/;

const aggregates = sources.flatMap((file) => {
  const [, service, aggregate] = DECIDER.exec(file) ?? [];
  return service === undefined || aggregate === undefined ? [] : [{ service, aggregate }];
});

/** Where each part of an aggregate lies, in every service. */
const PARTS = ['domain/%.ts', 'domain/%-decider.ts', 'rows/%-rows.ts', 'commands/%-messages.ts'];

/** The files of a service beside its folders. */
const OWN_FILES = [
  'bodies.contract.ts',
  'api.contract.ts',
  'environment.ts',
  'messages.contract.ts',
  'operations.contract.ts',
  'wiring.ts',
];
const FOLDERS = ['commands', 'domain', 'handlers', 'index', 'provider', 'rows', 'rpc', 'sagas', 'task', 'views'];
const SHARED = ['adapters', 'edge', 'kernel'];

describe('the services', () => {
  it('have aggregates', () => expect(aggregates.length).toBeGreaterThan(5));

  it.each(aggregates)('keep the parts of a $aggregate of $service in files of the same names', (each) => {
    const expected = PARTS.map((part) => `functions/${each.service}/${part.replace('%', each.aggregate)}`);
    expect(expected.filter((file) => !sources.includes(file))).toEqual([]);
  });

  it.each(aggregates)('distinguish the commands and events of a $aggregate of $service by type', (each) => {
    const text = readFileSync(`functions/${each.service}/domain/${each.aggregate}.ts`, 'utf8');
    const unions = [...text.matchAll(/export type \w+(?:Command|Event) =[\s\S]*?;\n(?=\n|$)/g)].map(([union]) => union);
    expect(unions.filter((union) => union.includes('readonly kind:'))).toEqual([]);
    const types = [...text.matchAll(/readonly type: '([^']*)'/g)].map(([, type = '']) => type);
    expect(types.length).toBeGreaterThan(1);
    expect(types.filter((type) => !/^[A-Z][A-Za-z]+$/.test(type))).toEqual([]);
  });

  it('have the same folders and files', () => {
    const others = sources.filter((file) => {
      const [root, service = '', first = '', ...rest] = file.split('/');
      if (root !== 'functions' || SHARED.includes(service)) return false;
      return !(rest.length === 0 ? OWN_FILES : FOLDERS).includes(first);
    });
    expect(others).toEqual([]);
  });
});
