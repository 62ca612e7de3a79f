import { RemovalPolicy } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Stage } from '../stage.ts';
import { PRIVATE_HOSTS } from './private-hosts.ts';
import { SMALL } from './task-sizes.ts';

/** Data outlives its stack, can be restored to any second of 35 days, and no consumer can starve another. */
export const prod: Stage = {
  name: 'prod',
  prefix: 'archipelago-prod',
  architecture: 'arm64',
  data: {
    removalPolicy: RemovalPolicy.RETAIN,
    deletionProtection: true,
    pointInTimeRecovery: true,
    archiveDays: 90,
  },
  logs: { retention: RetentionDays.ONE_YEAR, removalPolicy: RemovalPolicy.RETAIN },
  api: { throttle: { rate: 2000, burst: 4000 }, routeMetrics: true },
  identity: { callbackUrl: 'https://archipelago.example/' },
  registry: { allowedHosts: PRIVATE_HOSTS },
  orders: { patienceSeconds: 24 * 60 * 60 },
  consumers: { maxConcurrency: 20, reservedConcurrency: 20, streamParallelization: 10 },
  alarms: { errors: 1, throttles: 1, durationShare: 0.8, iteratorAgeSeconds: 60 },
  rollout: { requests: 'LambdaCanary10Percent5Minutes', messages: 'LambdaLinear10PercentEvery1Minute' },
  versionRemovalPolicy: RemovalPolicy.RETAIN,
  tasks: { usual: { ...SMALL, minTasks: 2 }, of: {} },
  paymentProvider: 'external',
};
