import type { Stack } from '../assembly/assembly.ts';
import type { EmulatedService, Resource } from '../core/emulated-service.ts';
import type { JsonObject } from '../core/json.ts';
import type { World } from '../core/world.ts';
import type { AdvanceReport } from '../runtime/advance-clock.ts';
import type { CoverageReport } from '../runtime/coverage-report.ts';

/** What the control API may look at. */
export interface ControlContext {
  readonly world: World;
  readonly services: readonly EmulatedService[];
  readonly stacks: readonly Stack[];
  readonly resources: readonly Resource[];
  readonly coverage: CoverageReport;
  /** Moves the clock on; see createAdvance. */
  advance(ms: number): Promise<AdvanceReport>;
}

export interface ControlAnswer {
  /** Default 200. */
  readonly status?: number;
  readonly body: unknown;
}

export type Query = Readonly<Record<string, string>>;

export interface ControlOperation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** The name of the path segment behind the operation's, when it takes one. */
  readonly argument?: string;
  /** The path segment behind the argument, when there is one. */
  readonly action?: string;
  /** The query parameters it takes; others are refused. */
  readonly query?: readonly string[];
  run(
    context: ControlContext,
    body: JsonObject,
    argument: string,
    query: Query,
  ): ControlAnswer | Promise<ControlAnswer>;
}

export class ControlRefusal extends Error {
  readonly status: number;
  readonly headers: Record<string, string>;
  constructor(status: number, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.name = 'ControlRefusal';
    this.status = status;
    this.headers = headers;
  }
}
