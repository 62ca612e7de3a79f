import { type ControlOperation, ControlRefusal } from './control-operation.ts';

const LONGEST_MS = 366 * 24 * 60 * 60 * 1000;

/** `POST /control/clock/advance {ms}` → `{nowMs, ran}`: what falls due on the way has run, in order. */
export const clockOperation: ControlOperation = {
  method: 'POST',
  argument: 'advance',
  run: async ({ advance }, { ms }, argument) => {
    if (argument !== 'advance') throw new ControlRefusal(404, 'a clock can only be advanced: /control/clock/advance');
    if (typeof ms !== 'number' || !(ms >= 0 && ms <= LONGEST_MS)) {
      throw new ControlRefusal(400, `ms is a number of milliseconds from 0 to ${LONGEST_MS}`);
    }
    return { body: await advance(ms) };
  },
};
