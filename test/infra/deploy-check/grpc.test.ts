import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  grpcCode,
  grpcFolders,
  grpcHistory,
  grpcHistoryRefusals,
  grpcLint,
  grpcRefusals,
} from '@archipelago/release-check';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const root = process.cwd();

describe('the contracts of gRPC services', () => {
  it('are in the system, and in the template that services in containers are made from', async () => {
    expect(await grpcFolders(root)).toEqual(['events/grpc', 'templates/container/events/grpc']);
  });

  it('are written as buf asks for', async () => {
    for (const folder of await grpcFolders(root)) expect(await grpcLint(root, folder)).toEqual([]);
  });

  it('have generated the code beside them: otherwise run `npm run contracts` and commit it', async () => {
    for (const folder of await grpcFolders(root)) {
      const { committed, current } = await grpcCode(root, folder);
      expect(current.size).toBeGreaterThan(0);
      expect(Object.fromEntries(committed)).toEqual(Object.fromEntries(current));
    }
  });

  it('are what the history has: otherwise run `npm run contracts` and commit events/history', async () => {
    const { committed, current } = await grpcHistory(root);
    expect(Object.fromEntries(committed)).toEqual(Object.fromEntries(current));
    expect(await grpcHistoryRefusals(root)).toEqual([]);
  });
});

describe('a gRPC contract that changes', () => {
  let before: string;
  beforeAll(async () => {
    before = await mkdtemp(join(tmpdir(), 'grpc-before-'));
  });
  afterAll(() => rm(before, { recursive: true }));

  const against = async (search: readonly [string, string]) => {
    await cp('events/grpc', before, { recursive: true });
    const path = join(before, 'archipelago/search/v1/product.proto');
    await writeFile(path, (await readFile(path, 'utf8')).replace(...search));
    return await grpcRefusals(root, before);
  };

  it('may add to what was there', async () => {
    expect(await against(['  string sku = 1;', '  string sku = 1;'])).toEqual([]);
    expect(await against(['  repeated Highlight highlights = 5;', ''])).toEqual([]);
  });

  it('may take nothing from its clients', async () => {
    const [gone, ...others] = await against(['  int64 available = 4;', '  int64 available = 4;\n  string color = 9;']);
    expect(others).toEqual([]);
    expect(gone).toMatchObject({ subject: 'events/grpc/archipelago/search/v1/product.proto/FIELD_NO_DELETE' });
    const [changed] = await against(['  int64 available = 4;', '  string available = 4;']);
    expect(changed?.what).toMatch(/product\.proto:\d+ .*"available".* changed type/);
  });
});
