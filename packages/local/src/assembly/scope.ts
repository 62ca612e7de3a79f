import type { Json } from '../core/json.ts';

/** A property path without list indexes, e.g. `['Environment', 'Variables', 'TABLE']`. */
export type PropertyPath = readonly string[];

/** What one stack's intrinsics may look up. `at` is the property that asks, however many outputs lie in between. */
export interface Scope {
  /** For messages: stack and resource, e.g. `Orders/PlaceOrder`. */
  readonly where: string;
  /** Undefined for AWS::NoValue. */
  ref(name: string, at: PropertyPath): Json | undefined;
  attribute(logicalId: string, attribute: string, at: PropertyPath): Json;
  condition(name: string): boolean;
  mapping(map: string, topLevelKey: string, secondLevelKey: string): Json;
  importValue(exportName: string, at: PropertyPath): Json;
  stackOutput(stackName: string, outputName: string, at: PropertyPath): Json;
  ssmParameter(name: string, at: PropertyPath): string;
}
