/** The runtime under a seed: the same seed and assembly give the same run. */
export { CALM, type Disturbance, RESTLESS } from './simulation/disturbance.ts';
export type { ClientAnswer, ClientRequest } from './simulation/simulated-client.ts';
export {
  type SimulatedQuiet,
  type Simulation,
  type SimulationOptions,
  startSimulation,
} from './simulation/start-simulation.ts';
export { createStepThreads, type StepThreads } from './simulation/step-threads.ts';
