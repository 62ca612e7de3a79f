import type { Caller } from './aws-call.ts';
import type { JsonObject } from './json.ts';

/** What the emulated services offer one another in process. Each is provided by one folder of `services/`. */
export interface Ports {
  readonly functions: FunctionInvoker;
  readonly environments: Environments;
  readonly queues: QueueSource;
  readonly queueDesk: QueueDesk;
  readonly streams: StreamSource;
  readonly issuers: TokenIssuer;
  readonly tables: TableInspector;
  readonly assets: AssetLocator;
  readonly network: Network;
  readonly registry: InstanceRegistry;
  readonly names: PrivateNames;
  readonly scaling: ScalableServices;
  readonly load: LoadDesk;
  readonly tasks: TaskDesk;
}

export interface InvocationRequest {
  /** Function name or ARN, with or without `:alias` or `:version`. */
  readonly functionName: string;
  /** The event as JSON text. */
  readonly payload: string;
  /** What triggered it, for the journal: `apigateway GET /users/{id}`, `sqs <queue>`, `stream <table>` … */
  readonly source: string;
  /** The `X-Amzn-Trace-Id` header value (`Root=1-…;Parent=…;Sampled=1`), when the trigger has one. */
  readonly traceHeader?: string;
  /** Who invokes, and must be allowed to; absent for the runtime itself and for pollers of event sources. */
  readonly by?: Caller;
}

export interface InvocationResult {
  readonly requestId: string;
  /** The answer, or the error document `{errorType, errorMessage, trace}` as JSON text. */
  readonly payload: string;
  /** Set as the `X-Amz-Function-Error` header is. */
  readonly functionError?: 'Unhandled';
}

export interface FunctionInvoker {
  /** RequestResponse. Throws AwsError `TooManyRequestsException` (429) when the function's concurrency is used up. */
  invoke(request: InvocationRequest): Promise<InvocationResult>;
  /** Event: accepted at once, retried as the function's EventInvokeConfig says. */
  invokeAsync(request: InvocationRequest): string;
  /**
   * Retires the environments of every function whose template metadata `local:bundle` names this folder and runs
   * the code found there from now on. Answers the names of the functions.
   */
  reload(bundleFolder: string): readonly string[];
  /** The names of all functions. */
  names(): readonly string[];
}

/** The execution environments of all functions. */
export interface Environments {
  /** Ends one in the middle of what it does, as the failure of a host does; false when there is none of this id. */
  kill(environmentId: string): boolean;
}

/** Finds code that a template refers to as an asset in a bucket. */
export interface AssetLocator {
  /** The folder (or file) of the assembly that would be uploaded under this key. */
  locate(bucket: string, key: string): string | undefined;
  /** What the image of this tag is built from. */
  locateImage(tag: string): ImageAsset | undefined;
}

/** The source of a container image, as the assembly holds it. */
export interface ImageAsset {
  readonly tag: string;
  readonly folder: string;
  readonly dockerFile: string;
  readonly buildArgs: Readonly<Record<string, string>>;
  readonly target: string | undefined;
}

/** Where something stands in a virtual private cloud, by the ids of resources. */
export interface NetworkPlace {
  readonly securityGroups: readonly string[];
  readonly subnets: readonly string[];
}

/** The rules of security groups. */
export interface Network {
  /** Why no connection comes about, naming the rule that is missing; undefined when the rules let it through. */
  obstacle(from: NetworkPlace, to: NetworkPlace, port: number): string | undefined;
}

/** A task as it stands in a registry. */
export interface RegisteredInstance {
  readonly id: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly place: NetworkPlace;
  /** The port that security groups know, not the one on this machine. */
  readonly port: number;
}

/** Instances that the system itself enters in Cloud Map. Does nothing for a registry that is gone. */
export interface InstanceRegistry {
  register(serviceArn: string, instance: RegisteredInstance): void;
  setHealth(serviceArn: string, instanceId: string, health: 'HEALTHY' | 'UNHEALTHY'): void;
  deregister(serviceArn: string, instanceId: string): void;
}

/** The resolver of private names. */
export interface PrivateNames {
  /** Opens a DNS server for this caller alone, so that it is known who asks; answers `127.0.0.1:<port>`. */
  open(caller: string, place: NetworkPlace): Promise<string>;
  close(caller: string): Promise<void>;
}

/** Between how many tasks a service scales. */
export interface Capacity {
  readonly min: number;
  readonly max: number;
}

/** Services of containers whose number of tasks is set from outside. */
export interface ScalableServices {
  /** `service/<cluster>/<service>`; undefined takes the limits away. */
  setCapacity(resourceId: string, capacity: Capacity | undefined): void;
  scalable(resourceId: string): { readonly desired: number; readonly isDeploying: boolean } | undefined;
  /** Within the limits. */
  setDesired(resourceId: string, desired: number): void;
}

/** How busy the tasks of a service are, in percent of what they have; absent where nothing is known. */
export interface Load {
  readonly cpu?: number;
  readonly memory?: number;
}

/** Nothing is measured here: what policies scale by is said from outside. */
export interface LoadDesk {
  /** Of each minute from now on. Throws AwsError when the service does not scale. */
  say(serviceName: string, load: Load): void;
}

/** Tasks of containers as an operator sees them. */
export interface TaskDesk {
  /** Ends one: `stop` as ECS does, `kill` in the middle of what it does. Throws AwsError when there is none of this id. */
  endTask(taskId: string, how: 'stop' | 'kill'): void;
  /**
   * Deploys every service whose task definition's metadata `local:bundle` names this folder, from the program found there.
   * Answers the names of the services.
   */
  reload(bundleFolder: string): readonly string[];
  /** The services that have tasks, as log lines name them. */
  serviceNames(): readonly string[];
}

export interface ReceivedMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly md5OfBody: string;
  /** SentTimestamp, ApproximateReceiveCount, ApproximateFirstReceiveTimestamp, SenderId, AWSTraceHeader. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly messageAttributes: JsonObject;
}

export interface MessageOutlook {
  /** When it is visible again. */
  readonly visibleAtMs: number;
  /** After how many receives it goes to the dead-letter queue; absent without one. */
  readonly maxReceives?: number;
  readonly deadLetters?: string;
}

/** In-process access to queues for event source mappings; the same state machine as behind the API. */
export interface QueueSource {
  /** False when it was deleted: every other call throws then. */
  exists(queueArn: string): boolean;
  receive(queueArn: string, maxMessages: number): readonly ReceivedMessage[];
  delete(queueArn: string, receiptHandle: string): void;
  /** Makes a received message visible again after `delaySeconds` (0 = now). */
  release(queueArn: string, receiptHandle: string, delaySeconds: number): void;
  /** What becomes of a received message that is not deleted. */
  outlook(queueArn: string, receiptHandle: string): MessageOutlook;
  /** Calls back whenever a message may have become visible. Returns the unsubscribe function. */
  onVisible(queueArn: string, notify: () => void): () => void;
}

/** What a redrive did; messages that could not be sent back stay where they were. */
export interface Redriven {
  readonly moved: number;
  readonly left: readonly { readonly messageId: string; readonly reason: string }[];
}

/** Queues as an operator sees them, by name. */
export interface QueueDesk {
  /** Every message, without receiving it. */
  messages(queueName: string): readonly JsonObject[];
  /** Sends each visible dead letter back to where it was meant for. */
  redrive(queueName: string): Promise<Redriven>;
}

/** A DynamoDB stream record in the shape that Lambda events carry (`eventID`, `eventName`, `dynamodb`, …). */
export interface StreamRecord {
  readonly sequenceNumber: string;
  readonly approximateCreationMs: number;
  readonly record: JsonObject;
}

export interface StreamSource {
  /** Records after `afterSequence`, oldest first; `TRIM_HORIZON` reads from the oldest kept, `LATEST` from now on. */
  read(
    streamArn: string,
    after: { readonly sequence: string } | 'TRIM_HORIZON' | 'LATEST',
    limit: number,
  ): Promise<readonly StreamRecord[]>;
  /** Calls back whenever records may have been added. Returns the unsubscribe function. */
  onRecords(streamArn: string, notify: () => void): () => void;
}

export interface TokenRequest {
  readonly sub: string;
  /** Space-separated; default every scope the pool's resource servers define. */
  readonly scope?: string;
  readonly groups?: readonly string[];
  readonly expiresInSeconds?: number;
  /** Added to, or replacing, the access token's claims; a null removes one. For negative tests. */
  readonly claims?: JsonObject;
  /** Added to, or replacing, the JOSE header's members. For negative tests. */
  readonly header?: JsonObject;
}

export interface Jwks {
  readonly keys: readonly JsonObject[];
}

export interface TokenIssuer {
  issue(request: TokenRequest): Promise<string>;
  /** The key set of one of our issuers, or undefined when the issuer is not ours. */
  jwks(issuerUrl: string): Jwks | undefined;
}

export interface TableInspector {
  /** Every item of a table, unmarshalled. */
  items(tableName: string): Promise<readonly JsonObject[]>;
}
