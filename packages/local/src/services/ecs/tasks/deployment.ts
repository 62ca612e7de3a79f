import type { ServiceSpec } from '../state/service-spec.ts';
import type { TaskDefinition } from '../state/task-definition.ts';

/** One version of a service on its way in, or in place. */
export interface Deployment {
  readonly definition: TaskDefinition;
  readonly place: ServiceSpec['place'];
  readonly registries: ServiceSpec['registries'];
  state: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';
  /** Tasks that ended, or became ill, before they were well: in a row for the pauses, and in all. */
  failedInARow: number;
  failed: number;
}

export const createDeployment = ({ place, registries }: ServiceSpec, definition: TaskDefinition): Deployment => ({
  definition,
  place,
  registries,
  state: 'IN_PROGRESS',
  failedInARow: 0,
  failed: 0,
});

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html: half of the desired number. */
const FEWEST_FAILURES = 3;
const MOST_FAILURES = 200;

export const breaksAt = (desired: number): number =>
  Math.min(MOST_FAILURES, Math.max(FEWEST_FAILURES, Math.ceil(desired / 2)));

/** AWS goes up to a quarter of an hour; here somebody waits for it. */
const LONGEST_PAUSE_MS = 60_000;

/** How long the next task waits: not at all after one that was well, and twice as long after each that was not. */
export const pauseMs = ({ failedInARow }: Deployment): number =>
  failedInARow === 0 ? 0 : Math.min(LONGEST_PAUSE_MS, 1_000 * 2 ** (failedInARow - 1));

/** `search:2`, and behind it how often that was built again. */
export const versionOf = ({ definition: { family, revision, edition } }: Deployment): string =>
  `${family}:${revision}${edition === 0 ? '' : `, edit ${edition}`}`;
