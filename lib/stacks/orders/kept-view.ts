import { Construct } from 'constructs';
import type { ServiceFunction } from '../../constructs/functions/service-function.ts';
import { MeasureAlarm } from '../../constructs/measure-alarm.ts';
import type { Owner } from '../../constructs/owner.ts';
import { Schedule } from '../../constructs/schedule.ts';
import type { EventStore } from '../../constructs/tables/event-store.ts';
import type { ServiceTable } from '../../constructs/tables/service-table.ts';

export interface KeptViewProps {
  readonly owner: Owner;
  readonly events: EventStore;
  readonly views: ServiceTable;
  readonly rebuild: ServiceFunction;
  readonly check: ServiceFunction;
}

/** 16 runs a night: a run goes on where the one before ended. */
const NIGHT = { everyMinutes: 15, hours: '2-5' } as const;

/**
 * What keeps the view true to the events: a check every night, and a rebuild that an operator starts. Neither can send
 * anything or write to the events; the check writes down how far it has come, and nothing else.
 */
export class KeptView extends Construct {
  constructor(scope: Construct, id: string, { owner, events, views, rebuild, check }: KeptViewProps) {
    super(scope, id);
    events.grantLoadAll(check);
    views.grantCommand(check, ['CHECK#orders']);
    new Schedule(this, 'Schedule', { owner, target: check, ...NIGHT });
    new MeasureAlarm(this, 'Differs', {
      owner,
      fn: check,
      measure: 'viewDifferences',
      subject: 'view-differs',
      meaning: 'The view of an order is not what its events come to: a list shows something else than the order.',
      page: 'view-differs',
      statistic: 'Maximum',
      threshold: 1,
    });

    events.grantLoadAll(rebuild);
    views.grantCommand(rebuild, ['USER#*', 'GENERATIONS#orders']);
    views.grantClear(rebuild, ['USER#*']);
    views.grantScan(rebuild);
  }
}
