import type { Stage } from '../config/stage.ts';

/** Whose resources a construct makes. */
export interface Owner {
  readonly stage: Stage;
  readonly service: string;
  /** Absolute path of the folder in which `build/` lies. */
  readonly root: string;
}
