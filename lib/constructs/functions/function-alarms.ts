import type { Construct } from 'constructs';
import type { Owner } from '../owner.ts';
import { RunbookAlarm } from '../runbook-alarm.ts';

const FIVE_MINUTES = 300;

/** What a function's owner wants to know of: it fails, it is turned away, it comes close to its timeout. */
export const addFunctionAlarms = (
  scope: Construct,
  owner: Owner,
  { name, functionName, timeoutSeconds }: { name: string; functionName: string; timeoutSeconds: number },
): void => {
  const { errors, throttles, durationShare } = owner.stage.alarms;
  const metric = {
    owner,
    namespace: 'AWS/Lambda',
    dimensions: [{ name: 'FunctionName', value: functionName }],
    periodSeconds: FIVE_MINUTES,
  };
  new RunbookAlarm(scope, 'ErrorsAlarm', {
    ...metric,
    subject: `${name}-errors`,
    meaning: `${functionName} fails.`,
    page: 'function-errors',
    metricName: 'Errors',
    statistic: 'Sum',
    threshold: errors,
  });
  new RunbookAlarm(scope, 'ThrottlesAlarm', {
    ...metric,
    subject: `${name}-throttles`,
    meaning: `${functionName} is invoked more often than its concurrency allows.`,
    page: 'function-throttles',
    metricName: 'Throttles',
    statistic: 'Sum',
    threshold: throttles,
  });
  const thresholdMs = Math.round(timeoutSeconds * 1000 * durationShare);
  new RunbookAlarm(scope, 'DurationAlarm', {
    ...metric,
    subject: `${name}-duration`,
    meaning: `${functionName} takes ${thresholdMs} ms and more of the ${timeoutSeconds} s it is given.`,
    page: 'function-duration',
    metricName: 'Duration',
    statistic: 'p99',
    threshold: thresholdMs,
    evaluationPeriods: 3,
  });
};
