import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { functionName } from '../../lib/config/names.ts';
import type { Target } from '../aws/target.ts';
import { type CountCalls, dayOf } from './counted-calls.ts';

const DAY_SECONDS = 86_400;

/** As functions record it: CloudWatch adds up the lines of their logs. */
export const callsOnAws = ({ prefix, client: settings }: Target): CountCalls => {
  const client = new CloudWatchClient(settings);
  return async ({ service, function: name, version }, from, until) => {
    const { Datapoints = [] } = await client.send(
      new GetMetricStatisticsCommand({
        Namespace: 'Archipelago',
        MetricName: 'calls',
        Dimensions: [
          { Name: 'service', Value: service },
          { Name: 'function', Value: functionName(prefix, service, name) },
          { Name: 'apiVersion', Value: String(version) },
        ],
        StartTime: from,
        EndTime: until,
        Period: DAY_SECONDS,
        Statistics: ['Sum'],
      }),
    );
    const days = Datapoints.filter(({ Sum = 0 }) => Sum > 0);
    const last = Math.max(...days.map(({ Timestamp }) => Timestamp?.getTime() ?? 0));
    return {
      calls: days.reduce((sum, { Sum = 0 }) => sum + Sum, 0),
      ...(days.length > 0 && { lastCall: dayOf(last) }),
    };
  };
};
