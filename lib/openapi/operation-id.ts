import type { Operation } from '../../functions/kernel/messages/operations.ts';

/** `place-order` → `placeOrder`, and `listOrdersV2` for a version that is not the first. */
export const operationIdOf = ({ name, version }: Pick<Operation, 'name' | 'version'>): string => {
  const camel = name.replace(/-(\w)/g, (_whole, letter: string) => letter.toUpperCase());
  return version === 1 ? camel : `${camel}V${version}`;
};
