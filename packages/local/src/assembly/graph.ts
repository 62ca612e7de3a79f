import type { Identity } from '../core/emulated-service.ts';
import type { Stack } from './assembly.ts';
import type { PropertyPath } from './scope.ts';

/** Where the assembly is deployed to: the pseudo parameters. */
export interface Place {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
}

/** A resource of a type that no emulated service owns. */
export interface UnknownResource {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
}

/** What a stack's scope asks of the whole. */
export interface Graph {
  stack(name: string): Stack | undefined;
  readonly stacks: readonly Stack[];
  identityOf(stack: Stack, logicalId: string, at: PropertyPath): Identity;
  exists(stack: Stack, logicalId: string): boolean;
  condition(stack: Stack, name: string): boolean;
  readonly place: Place;
}
