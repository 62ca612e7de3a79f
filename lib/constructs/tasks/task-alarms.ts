import type { Construct } from 'constructs';
import type { Owner } from '../owner.ts';
import { RunbookAlarm } from '../runbook-alarm.ts';

const FIVE_MINUTES = 300;

/** A task reads what has changed twice a second; this late, what it answers is wrong. */
const BEHIND_MS = 60_000;

/** What the owner of tasks wants to know of: a task no longer reads, or calls fail, which takes a deployment back. */
export const addTaskAlarms = (scope: Construct, owner: Owner, taskName: string): RunbookAlarm => {
  const metric = {
    owner,
    namespace: 'Archipelago',
    dimensions: [
      { name: 'service', value: owner.service },
      { name: 'function', value: taskName },
    ],
    periodSeconds: FIVE_MINUTES,
  };
  new RunbookAlarm(scope, 'BehindAlarm', {
    ...metric,
    subject: 'task-behind',
    meaning: `A task of ${owner.service} has not read its table for a minute and more, or none runs.`,
    page: 'task-behind',
    metricName: 'behind',
    statistic: 'Maximum',
    threshold: BEHIND_MS,
    evaluationPeriods: 2,
    missingData: 'breaching',
  });
  return new RunbookAlarm(scope, 'ErrorsAlarm', {
    ...metric,
    subject: 'task-errors',
    meaning: `Tasks of ${owner.service} fail to answer calls.`,
    page: 'task-errors',
    metricName: 'errors',
    statistic: 'Sum',
    threshold: owner.stage.alarms.errors,
  });
};
