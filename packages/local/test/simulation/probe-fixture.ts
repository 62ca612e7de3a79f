import { readFileSync } from 'node:fs';
import type { JsonObject } from '../../src/core/json.ts';
import { CALM } from '../../src/simulation/disturbance.ts';
import { type Simulation, type SimulationOptions, startSimulation } from '../../src/simulation/start-simulation.ts';
import { writeAssembly } from '../assembly/written-assembly.ts';

const ZipFile = readFileSync(new URL('./functions/probe.js', import.meta.url), 'utf8');

const Probe = {
  Type: 'AWS::Lambda::Function',
  Properties: {
    FunctionName: 'probe',
    Code: { ZipFile },
    Handler: 'index.handler',
    Runtime: 'nodejs24.x',
    Role: 'arn:aws:iam::000000000000:role/probe',
    Timeout: 10,
  },
};

/** A system of one function, `functions/probe.js`. */
export const simulateProbe = async (options: Partial<SimulationOptions> = {}) => {
  const assemblyFolder = writeAssembly({ Stack: { template: { Resources: { Probe } } } });
  const simulation: Simulation = await startSimulation({ assemblyFolder, seed: 1, disturbance: CALM, ...options });
  const functions = simulation.world.need('functions');
  return {
    ...simulation,
    /** Invokes the function; answers what it answered, or the error document. */
    ask: async (ask: string, more: JsonObject = {}) => {
      const payload = JSON.stringify({ ask, ...more });
      const result = await simulation.settling(functions.invoke({ functionName: 'probe', payload, source: 'test' }));
      return JSON.parse(result.payload);
    },
  };
};
