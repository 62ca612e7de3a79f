import type { RemovalPolicy } from 'aws-cdk-lib';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';

/** Requests a second, and the bucket that absorbs a burst. */
export interface Throttle {
  readonly rate: number;
  readonly burst: number;
}

/** One of CodeDeploy's ways to shift an alias: some of the traffic first, or a share at a time. */
export type Shift =
  | 'LambdaCanary10Percent5Minutes'
  | 'LambdaCanary10Percent15Minutes'
  | 'LambdaLinear10PercentEvery1Minute'
  | 'LambdaLinear10PercentEvery3Minutes';

/** Fargate's units: 1024 are one processor. */
export interface TaskSize {
  readonly cpu: number;
  readonly memoryMb: number;
  readonly minTasks: number;
  readonly maxTasks: number;
}

/** Everything in which stages differ. Constructs take it as a value; none of them asks what the stage is called. */
export interface Stage {
  readonly name: string;
  /** Starts the name of everything that stacks find by name: bus, namespace, tables, queues, functions. */
  readonly prefix: string;
  /** Architecture of every function's processor. */
  readonly architecture: 'arm64' | 'x86_64';
  readonly data: {
    readonly removalPolicy: RemovalPolicy;
    readonly deletionProtection: boolean;
    readonly pointInTimeRecovery: boolean;
    /** How long the bus keeps events for a replay; 'no archive' where there is none to be had. */
    readonly archiveDays: number | 'no archive';
  };
  readonly logs: {
    readonly retention: RetentionDays;
    readonly removalPolicy: RemovalPolicy;
  };
  readonly api: {
    /** Throttle of the whole API; a route's own comes from its contract. */
    readonly throttle: Throttle;
    /** Metrics of every route, billed by metric. */
    readonly routeMetrics: boolean;
  };
  readonly identity: {
    /** Where Cognito's sign-in pages send the browser back to. */
    readonly callbackUrl: string;
  };
  readonly registry: {
    /** A regular expression over the names of hosts that may be registered, and so be called. */
    readonly allowedHosts: string;
  };
  readonly orders: {
    /** How long an order waits for its stock and its payment before it is given up: so long stock may be held for it. */
    readonly patienceSeconds: number;
  };
  readonly consumers: {
    /** Lambda environments that one queue may occupy; SQS wants 2 at least. */
    readonly maxConcurrency: number;
    /** Concurrency held back for each consumer, so that none starves another; 'shared' takes from the account's pool. */
    readonly reservedConcurrency: number | 'shared';
    /** Batches of one stream shard that run side by side, still in order by partition key. */
    readonly streamParallelization: number;
  };
  readonly alarms: {
    /** In five minutes, of one function. */
    readonly errors: number;
    readonly throttles: number;
    /** Share of a function's timeout that its p99 may take. */
    readonly durationShare: number;
    readonly iteratorAgeSeconds: number;
  };
  /** How a new version takes over from the one before it. */
  readonly rollout:
    | 'all at once'
    | {
        /** Functions that a caller waits for; each new version must pass a smoke check first. */
        readonly requests: Shift;
        /** Functions behind queues, streams and schedules. */
        readonly messages: Shift;
      };
  /** What a deploy leaves of a function's earlier versions: RETAIN makes a rollback one alias update. */
  readonly versionRemovalPolicy: RemovalPolicy;
  /** How large the tasks of services in containers are and how many there may be; 'off' leaves out a service and its routes. */
  readonly tasks: {
    /** Of every service that is not in `of`. */
    readonly usual: 'off' | TaskSize;
    readonly of: Readonly<Record<string, 'off' | TaskSize>>;
  };
  /** Where payments go: to the stand-in that the system brings along, or to a provider whose URL operators have set. */
  readonly paymentProvider: 'stand-in' | 'external';
}
