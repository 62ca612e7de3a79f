import type { MessageContract } from './contract.ts';

/** `ReserveStock.v1` → `reserve-stock`: all versions of a command travel through one queue, to one function. */
export const kebabName = (messageType: string): string =>
  messageType
    .replace(/\.v\d+$/, '')
    .replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-')
    .toLowerCase();

/** The queue that takes a command, without the stage's prefix: `catalog-reserve-stock`. */
export const queueOf = ({ service, type }: Pick<MessageContract, 'service' | 'type'>): string =>
  `${service}-${kebabName(type)}`;
