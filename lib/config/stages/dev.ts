import { RemovalPolicy } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Stage } from '../stage.ts';
import { PRIVATE_HOSTS } from './private-hosts.ts';
import { SMALL } from './task-sizes.ts';

/** Ephemeral: `cdk destroy` leaves nothing behind, and what stands idle costs next to nothing. */
export const dev: Stage = {
  name: 'dev',
  prefix: 'archipelago-dev',
  architecture: 'arm64',
  data: {
    removalPolicy: RemovalPolicy.DESTROY,
    deletionProtection: false,
    pointInTimeRecovery: false,
    archiveDays: 1,
  },
  logs: { retention: RetentionDays.ONE_WEEK, removalPolicy: RemovalPolicy.DESTROY },
  api: { throttle: { rate: 500, burst: 1000 }, routeMetrics: false },
  identity: { callbackUrl: 'http://localhost:3000/' },
  registry: { allowedHosts: PRIVATE_HOSTS },
  orders: { patienceSeconds: 24 * 60 * 60 },
  consumers: { maxConcurrency: 5, reservedConcurrency: 'shared', streamParallelization: 2 },
  alarms: { errors: 1, throttles: 1, durationShare: 0.8, iteratorAgeSeconds: 60 },
  rollout: 'all at once',
  versionRemovalPolicy: RemovalPolicy.DESTROY,
  tasks: { usual: SMALL, of: {} },
  paymentProvider: 'stand-in',
};
