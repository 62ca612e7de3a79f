import { Construct } from 'constructs';
import type { ServiceFunction } from '../../constructs/functions/service-function.ts';
import { MeasureAlarm } from '../../constructs/measure-alarm.ts';
import type { Owner } from '../../constructs/owner.ts';
import { Schedule } from '../../constructs/schedule.ts';

export interface OpenOrdersSweepProps {
  readonly owner: Owner;
  readonly sweep: ServiceFunction;
}

const EVERY_MINUTES = 5;

/** An order takes seconds: one that is this old waits for something that is down, or was forgotten. */
const OPEN_TOO_LONG_MS = 60 * 60_000;

/** Looks after the orders that wait, and sets off an alarm when one waits too long or nothing looks after them. */
export class OpenOrdersSweep extends Construct {
  constructor(scope: Construct, id: string, { owner, sweep }: OpenOrdersSweepProps) {
    super(scope, id);
    new Schedule(this, 'Schedule', { owner, target: sweep, everyMinutes: EVERY_MINUTES });
    new MeasureAlarm(this, 'Alarm', {
      owner,
      fn: sweep,
      measure: 'oldestOpenOrder',
      subject: 'open-orders',
      meaning: `An order has been open for ${OPEN_TOO_LONG_MS / 60_000} minutes, or the sweep over open orders does not run.`,
      page: 'open-orders',
      statistic: 'Maximum',
      threshold: OPEN_TOO_LONG_MS,
      periodSeconds: EVERY_MINUTES * 60,
      // So that one run that comes late is no alarm.
      evaluationPeriods: 3,
      missingData: 'breaching',
    });
  }
}
