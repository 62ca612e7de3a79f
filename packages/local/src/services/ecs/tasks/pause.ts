import { afterRealTime } from '../../../core/clock.ts';
import { type Deployment, pauseMs } from './deployment.ts';

/** The time between a task that failed and the next one. */
export interface Pause {
  /** Begins after a failure of this deployment. */
  begin(deployment: Deployment): void;
  /** Whether it lasts still; calls back once it is over. */
  lasts(onOver: () => void): boolean;
  end(): void;
}

export const createPause = (): Pause => {
  let untilMs = 0;
  let cancel = (): void => {};
  return {
    begin: (deployment) => {
      untilMs = performance.now() + pauseMs(deployment);
    },
    lasts: (onOver) => {
      cancel();
      const leftMs = Math.ceil(untilMs - performance.now());
      if (leftMs <= 0) return false;
      cancel = afterRealTime(leftMs, onOver);
      return true;
    },
    end: () => {
      cancel();
      untilMs = 0;
    },
  };
};
