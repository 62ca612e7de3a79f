import type { RequestListener } from 'node:http';
import type { Access } from './access.ts';
import type { Agenda } from './agenda.ts';
import type { Caller } from './aws-call.ts';
import type { Clock } from './clock.ts';
import type { CredentialBook } from './credentials.ts';
import type { FaultPlan } from './faults/fault-plan.ts';
import type { Gate } from './gate.ts';
import type { Journal } from './journal.ts';
import type { Ports } from './ports.ts';
import type { Random } from './random.ts';

/** What a delivery carries to a target ARN: JSON text, and attributes that queues keep with the message. */
export interface Delivery {
  readonly payload: string;
  readonly source: string;
  readonly traceHeader?: string;
  /** String message attributes, e.g. the ERROR_CODE that EventBridge sets on a dead letter. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Who delivers, and must be allowed to; absent for the runtime itself. */
  readonly by?: Caller;
}

export interface Targets {
  /** One handler for each ARN service segment (`sqs`, `lambda`, `events`, …). */
  register(arnService: string, deliver: (arn: string, delivery: Delivery) => Promise<void>): void;
  /** Whether something here takes what is delivered to the ARN. */
  emulates(arn: string): boolean;
  /** Throws AwsError when the target refuses or is unknown. */
  deliver(arn: string, delivery: Delivery): Promise<void>;
}

export interface Listening {
  readonly url: string;
  readonly port: number;
}

/** What the runtime gives every emulated service. There is no other global state in the runtime. */
export interface World {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly agenda: Agenda;
  readonly gate: Gate;
  readonly journal: Journal;
  readonly targets: Targets;
  readonly faults: FaultPlan;
  readonly credentials: CredentialBook;
  readonly access: Access;
  /** Base URL of the AWS endpoint that answers every AWS call; what functions get as AWS_ENDPOINT_URL. */
  endpointUrl(): string;
  /** Where `--keep` puts state that must survive; undefined means memory only. */
  readonly keepFolder: string | undefined;
  /** A person may stand at a breakpoint in a function: nothing that waits for one gives up. */
  readonly debugging: boolean;
  provide<K extends keyof Ports>(name: K, port: Ports[K]): void;
  /** Throws when no service provides the port. */
  need<K extends keyof Ports>(name: K): Ports[K];
  /**
   * Opens an HTTP listener that the runtime closes at its end; port 0 or none = any free one. It is on loopback only,
   * unless the start asked for an address that containers reach as well.
   */
  listen(name: string, onRequest: RequestListener, port?: number): Promise<Listening>;
  /** Registers work for the end (kill a child process, flush a file); run in reverse order. */
  onStop(name: string, stop: () => void | Promise<void>): void;
}
