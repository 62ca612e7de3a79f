import { CALM, startSimulation } from '@archipelago/local/simulation';
import { playOneOrder } from '../support/simulated-order.ts';

/** Plays one order in a system on this assembly. Answers what was refused meanwhile: who, and which action. */
export const refusedInOneOrder = async (assemblyFolder: string): Promise<readonly string[]> => {
  const simulation = await startSimulation({ assemblyFolder, seed: 1, disturbance: CALM });
  try {
    const { ada } = await playOneOrder(simulation);
    await ada('GET', '/orders');
    return simulation.world.access
      .usage()
      .flatMap(({ arn, construct = arn, denied }) => denied.map(({ action }) => `${construct} ${action}`));
  } finally {
    await simulation.stop();
  }
};
