import type { Clock } from '../../kernel/ports/clock.ts';
import type { Measure, Metrics } from '../../kernel/ports/metrics.ts';
import { standardOutput, type WriteLine } from '../node/console-log.ts';

export interface MetricDimensions {
  readonly service: string;
  readonly function: string;
}

const NAMESPACE = 'Archipelago';

/** CloudWatch's Embedded Metric Format: a log line that CloudWatch turns into metrics, without an API call. */
export const createEmfMetrics = (
  clock: Clock,
  dimensions: MetricDimensions,
  write: WriteLine = standardOutput,
): Metrics => ({
  record: (measures, besides) => write(JSON.stringify(document(clock.now(), { ...dimensions, ...besides }, measures))),
});

const document = (
  timestamp: number,
  dimensions: MetricDimensions & Readonly<Record<string, string>>,
  measures: Readonly<Record<string, Measure>>,
): object => ({
  _aws: {
    Timestamp: timestamp,
    CloudWatchMetrics: [
      {
        Namespace: NAMESPACE,
        Dimensions: [Object.keys(dimensions)],
        Metrics: Object.entries(measures).map(([Name, { unit }]) => ({ Name, Unit: unit })),
      },
    ],
  },
  ...dimensions,
  ...Object.fromEntries(Object.entries(measures).map(([name, { value }]) => [name, value])),
});
