export interface Failure<T> {
  readonly item: T;
  readonly thrown: unknown;
}

/**
 * Works off lanes side by side, each lane in order. A lane stops at its first failure, and what follows in it counts as
 * failed too, since doing it would overtake what failed.
 */
export const inLanes = async <T>(
  items: readonly T[],
  laneOf: (item: T) => string,
  work: (item: T) => Promise<void>,
): Promise<readonly Failure<T>[]> => {
  const lanes = Map.groupBy(items, laneOf);
  const failures = await Promise.all([...lanes.values()].map((lane) => workLane(lane, work)));
  return failures.flat();
};

const workLane = async <T>(lane: readonly T[], work: (item: T) => Promise<void>): Promise<Failure<T>[]> => {
  for (const [position, item] of lane.entries()) {
    try {
      await work(item);
    } catch (thrown) {
      return lane.slice(position).map((each) => ({ item: each, thrown }));
    }
  }
  return [];
};
