import { createHash } from 'node:crypto';
import type { Resource } from './emulated-service.ts';

/** The name a resource gets when its template gives none: stable, so that `--keep` finds its state again. */
export const physicalName = ({ stack, logicalId }: Pick<Resource, 'stack' | 'logicalId'>): string => {
  const suffix = createHash('sha256').update(`${stack}/${logicalId}`).digest('hex').slice(0, 12).toUpperCase();
  return `${stack}-${logicalId}-${suffix}`;
};
