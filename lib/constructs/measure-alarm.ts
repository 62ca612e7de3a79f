import type { Construct } from 'constructs';
import type { ServiceFunction } from './functions/service-function.ts';
import { RunbookAlarm, type RunbookAlarmProps } from './runbook-alarm.ts';

export interface MeasureAlarmProps
  extends Pick<
    RunbookAlarmProps,
    'owner' | 'subject' | 'meaning' | 'page' | 'statistic' | 'threshold' | 'evaluationPeriods' | 'missingData'
  > {
  /** The function that records it. */
  readonly fn: ServiceFunction;
  /** Its name in `metrics.record`. */
  readonly measure: string;
  /** A minute when it is not said. */
  readonly periodSeconds?: number;
}

/** An alarm on what a function records of its own work. */
export class MeasureAlarm extends RunbookAlarm {
  constructor(scope: Construct, id: string, { fn, measure, periodSeconds = 60, ...props }: MeasureAlarmProps) {
    super(scope, id, {
      ...props,
      namespace: 'Archipelago',
      metricName: measure,
      dimensions: [
        { name: 'service', value: props.owner.service },
        { name: 'function', value: fn.functionName },
      ],
      periodSeconds,
    });
  }
}
