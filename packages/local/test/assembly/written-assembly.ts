import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '../../src/core/json.ts';

export interface WrittenStack {
  readonly template: JsonObject;
  readonly properties?: JsonObject;
  readonly assets?: JsonObject;
}

/** Writes a cloud assembly of these stacks, as `cdk synth` would, and answers its folder. */
export const writeAssembly = (stacks: Readonly<Record<string, WrittenStack>>): string => {
  const folder = mkdtempSync(join(tmpdir(), 'assembly-'));
  const artifacts: Record<string, JsonObject> = {};
  for (const [name, { template, properties = {}, assets }] of Object.entries(stacks)) {
    writeFileSync(join(folder, `${name}.template.json`), JSON.stringify(template));
    artifacts[name] = {
      type: 'aws:cloudformation:stack',
      environment: 'aws://unknown-account/unknown-region',
      properties: { templateFile: `${name}.template.json`, ...properties },
    };
    if (!assets) continue;
    writeFileSync(join(folder, `${name}.assets.json`), JSON.stringify(assets));
    artifacts[`${name}.assets`] = { type: 'cdk:asset-manifest', properties: { file: `${name}.assets.json` } };
  }
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ version: '55.0.0', artifacts }));
  return folder;
};

/** Puts an assembly into another one's folder, as a CDK stage is. */
export const nestIn = (outer: string, id: string, stacks: Readonly<Record<string, WrittenStack>>): void => {
  const inner = writeAssembly(stacks);
  mkdirSync(outer, { recursive: true });
  writeFileSync(
    join(outer, 'manifest.json'),
    JSON.stringify({
      version: '55.0.0',
      artifacts: { [id]: { type: 'cdk:cloud-assembly', properties: { directoryName: inner } } },
    }),
  );
};
