import type { TaskSize } from '../stage.ts';

/** A quarter of a processor and half a gigabyte, the least there is: room for an index of some 100,000 products. */
export const SMALL: TaskSize = { cpu: 256, memoryMb: 512, minTasks: 1, maxTasks: 4 };
