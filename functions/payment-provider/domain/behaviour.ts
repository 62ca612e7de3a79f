/**
 * What a test token makes the provider do. `captured` and `declined` are what it records; a fault spoils only how the
 * caller learns of it, the first time that a key is used:
 * `slow` answers later than a caller waits, `error_once` fails before anything is recorded, `lost_reply` after it.
 */
export interface Behaviour {
  readonly outcome: 'captured' | 'declined';
  readonly fault: 'none' | 'slow' | 'error_once' | 'lost_reply';
}

const BEHAVIOURS: ReadonlyMap<string, Behaviour> = new Map<string, Behaviour>([
  ['tok_ok', { outcome: 'captured', fault: 'none' }],
  ['tok_declined', { outcome: 'declined', fault: 'none' }],
  ['tok_slow', { outcome: 'captured', fault: 'slow' }],
  ['tok_error_once', { outcome: 'captured', fault: 'error_once' }],
  ['tok_lost_reply', { outcome: 'captured', fault: 'lost_reply' }],
]);

/** A failure that was asked for. The local runtime shows errors of this name as planned. */
export class PlannedFault extends Error {
  override readonly name = 'PlannedFault';
}

/** Undefined for a token that the provider never issued. What follows a dot makes one token differ from another and changes nothing. */
export const behaviourOf = (token: string): Behaviour | undefined => BEHAVIOURS.get(token.replace(/\..*/, ''));
