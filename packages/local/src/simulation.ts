/** The runtime under a seed: the same seed and assembly give the same run. */
export { seededRandom } from './core/random.ts';
export { CALM, type Disturbance, type Rarity, RESTLESS } from './simulation/disturbance.ts';
export type { InProcessAnswer } from './simulation/in-process-http.ts';
export type { FunctionCall, Interception, Interceptor, Rewrite } from './simulation/interception.ts';
export type { ClientAnswer, ClientRequest } from './simulation/simulated-client.ts';
export {
  type SimulatedQuiet,
  type Simulation,
  type SimulationOptions,
  startSimulation,
} from './simulation/start-simulation.ts';
export { createStepThreads, type StepThreads } from './simulation/step-threads.ts';
