/** A policy that AWS would refuse, or that cannot be evaluated here: never one to be guessed at. */
export class PolicyError extends Error {}
