export interface Due {
  readonly id: number;
  readonly dueAtMs: number;
}

const isBefore = (a: Due, b: Due): boolean => a.dueAtMs < b.dueAtMs || (a.dueAtMs === b.dueAtMs && a.id < b.id);

/** A binary heap, soonest first: with thousands of delayed messages ahead, looking through all of them at each turn is slow. */
export interface DueQueue {
  push(due: Due): void;
  peek(): Due | undefined;
  pop(): Due | undefined;
}

export const createDueQueue = (): DueQueue => {
  const heap: Due[] = [];

  const swap = (a: number, b: number): void => {
    const [first, second] = [heap[a], heap[b]];
    if (first === undefined || second === undefined) return;
    heap[a] = second;
    heap[b] = first;
  };

  const precedes = (a: number, b: number): boolean => {
    const [first, second] = [heap[a], heap[b]];
    return first !== undefined && (second === undefined || isBefore(first, second));
  };

  const rise = (start: number): void => {
    let at = start;
    for (let parent = (at - 1) >> 1; at > 0 && precedes(at, parent); parent = (at - 1) >> 1) {
      swap(at, parent);
      at = parent;
    }
  };

  const sink = (): void => {
    let at = 0;
    for (;;) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      const child = precedes(right, left) ? right : left;
      if (child >= heap.length || !precedes(child, at)) return;
      swap(at, child);
      at = child;
    }
  };

  return {
    push: (due) => {
      heap.push(due);
      rise(heap.length - 1);
    },
    peek: () => heap[0],
    pop: () => {
      const [soonest] = heap;
      const last = heap.pop();
      if (last !== undefined && heap.length > 0) {
        heap[0] = last;
        sink();
      }
      return soonest;
    },
  };
};
