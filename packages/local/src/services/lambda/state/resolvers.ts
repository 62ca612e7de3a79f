import type { World } from '../../../core/world.ts';
import type { LambdaFunction } from './lambda-function.ts';

/** The DNS servers of functions in a virtual private cloud, one for each: so it is known who asks. */
export interface Resolvers {
  /** Opens one if the function needs it; closes the one of a function that has left its network. */
  follow(fn: LambdaFunction): Promise<void>;
  forget(functionName: string): Promise<void>;
  /** `127.0.0.1:<port>`; undefined for a function that is in no network. */
  of(functionName: string): string | undefined;
}

export const createResolvers = (world: World): Resolvers => {
  const addresses = new Map<string, string>();
  const callerOf = (functionName: string) => `function ${functionName}`;

  const forget = async (functionName: string) => {
    if (!addresses.delete(functionName)) return;
    await world.need('names').close(callerOf(functionName));
  };

  return {
    follow: async ({ name, place }) => {
      if (!place) return forget(name);
      addresses.set(name, await world.need('names').open(callerOf(name), place));
    },
    forget,
    of: (functionName) => addresses.get(functionName),
  };
};
