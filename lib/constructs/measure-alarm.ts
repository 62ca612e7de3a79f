import type { Construct } from 'constructs';
import type { ServiceFunction } from './functions/service-function.ts';
import { RunbookAlarm, type RunbookAlarmProps } from './runbook-alarm.ts';

export interface MeasureAlarmProps
  extends Pick<RunbookAlarmProps, 'owner' | 'subject' | 'meaning' | 'page' | 'statistic' | 'threshold'> {
  /** The function that records it. */
  readonly fn: ServiceFunction;
  /** Its name in `metrics.record`. */
  readonly measure: string;
}

/** An alarm on what a function records of its own work, minute by minute. */
export class MeasureAlarm extends RunbookAlarm {
  constructor(scope: Construct, id: string, { fn, measure, ...props }: MeasureAlarmProps) {
    super(scope, id, {
      ...props,
      namespace: 'Archipelago',
      metricName: measure,
      dimensions: [
        { name: 'service', value: props.owner.service },
        { name: 'function', value: fn.functionName },
      ],
      periodSeconds: 60,
    });
  }
}
