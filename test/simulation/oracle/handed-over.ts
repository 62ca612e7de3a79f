import type { Written } from '../history.ts';
import { broken, type Violation } from './violation.ts';

const keyIn = ({ text }: Written): string | undefined => /^\{"handedOver":"([^"]+)"\}$/.exec(text)?.[1];

/**
 * A notification that was handed to its sender more than once. The sender that there is hands nothing over and prints
 * nothing: a sabotage makes it print the key.
 */
export const handedOverTwice = (written: readonly Written[]): readonly Violation[] => {
  const keys = written.map(keyIn).filter((key) => key !== undefined);
  return [...Map.groupBy(keys, (key) => key)]
    .filter(([, times]) => times.length > 1)
    .map(([key, times]) => broken('I14 notify', key, `handed to the sender ${times.length} times`));
};
