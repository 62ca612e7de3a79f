import { at, listOf, type Resource } from './template.ts';

/** Tagged so: what it holds must be gone soon, and be copied nowhere. */
export const holdsSecrets = ({ properties }: Resource): boolean =>
  listOf(properties.Tags).some((tag) => at(tag, 'Key') === 'holds' && at(tag, 'Value') === 'secrets');

/** Seconds for which a queue keeps messages that hold secrets, at most. */
export const SECRETS_LAST = 172_800;
