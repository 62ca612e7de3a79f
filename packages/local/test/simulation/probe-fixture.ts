import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../src/core/json.ts';
import { CALM } from '../../src/simulation/disturbance.ts';
import { type Simulation, type SimulationOptions, startSimulation } from '../../src/simulation/start-simulation.ts';
import { writeAssembly } from '../assembly/written-assembly.ts';

const source = readFileSync(new URL('./functions/probe.js', import.meta.url), 'utf8');

const probe = (FunctionName: string, Code: JsonObject, RELEASE: string) => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    FunctionName,
    Code,
    Handler: 'index.handler',
    Runtime: 'nodejs24.x',
    Role: 'arn:aws:iam::000000000000:role/probe',
    Timeout: 10,
    Environment: { Variables: { RELEASE } },
  },
});

/** `probe` and `twin` are bundles that say they are CommonJS, so they share a thread; `lone` does not and has its own. */
export const writeProbes = (release = 'first'): string => {
  const Code = { S3Bucket: 'assets', S3Key: 'probe.zip' };
  const destinations = { here: { bucketName: 'assets', objectKey: 'probe.zip' } };
  const Resources = {
    Probe: probe('probe', Code, release),
    Twin: probe('twin', Code, release),
    Lone: probe('lone', { ZipFile: source }, release),
  };
  const assets = { files: { probe: { source: { path: 'asset.probe', packaging: 'zip' }, destinations } } };
  const folder = writeAssembly({ Stack: { template: { Resources }, assets } });
  mkdirSync(join(folder, 'asset.probe'));
  writeFileSync(join(folder, 'asset.probe/index.js'), source);
  writeFileSync(join(folder, 'asset.probe/package.json'), '{ "type": "commonjs" }');
  return folder;
};

/** A system of functions that do what they are asked to: `functions/probe.js`. */
export const simulateProbe = async (options: Partial<SimulationOptions> = {}) => {
  const assemblyFolder = writeProbes();
  const simulation: Simulation = await startSimulation({ assemblyFolder, seed: 1, disturbance: CALM, ...options });
  const functions = simulation.world.need('functions');
  const askOf =
    (functionName: string) =>
    /** Answers what the function answered, or the error document. */
    async (ask: string, more: JsonObject = {}) => {
      const payload = JSON.stringify({ ask, ...more });
      const result = await simulation.settling(functions.invoke({ functionName, payload, source: 'test' }));
      return JSON.parse(result.payload);
    };
  return { ...simulation, ask: askOf('probe'), askTwin: askOf('twin'), askLone: askOf('lone') };
};
