import type { AnsweredCall, AwsRequest } from './aws-call.ts';
import type { Json, JsonObject } from './json.ts';

/** A template's resource with its intrinsics resolved. */
export interface Resource {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  readonly properties: JsonObject;
  readonly metadata: JsonObject;
  /** Those of its stack, which CloudFormation passes on, and its own. */
  readonly tags?: Readonly<Record<string, string>>;
  /** What identify() answered; absent only while identify() itself runs. */
  readonly identity?: Identity;
}

/** What `Ref` and `Fn::GetAtt` give for a resource. */
export interface Identity {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, Json>>;
}

/** How one CloudFormation resource type becomes state of an emulated service. */
export interface ResourceType {
  readonly type: string;
  /** Property paths that have their effect here (`Foo`, or `Foo.Bar` below an object or each element of a list). */
  readonly honoured: readonly string[];
  /** Property paths that have none here, with the reason shown at start. Anything in neither list is reported as unknown. */
  readonly notEmulated?: Readonly<Record<string, string>>;
  /** Runs before anything is resolved: opens the listener whose address an attribute will show. */
  bind?(stack: string, logicalId: string): Promise<void>;
  identify(resource: Resource): Identity;
  /** Runs once for each resource, after the resources it refers to. */
  create?(resource: Resource): void | Promise<void>;
  /** `create` may run again with changed properties while the system runs: what is stored stays. */
  readonly repeatable?: true;
  /**
   * Takes over changed properties where `create` would lose something; answers whether anything changed. Throws an Error
   * that says what it cannot take over. Without it, and unless `repeatable`, a change waits for the next start.
   */
  update?(resource: Resource, before: Resource): boolean | Promise<boolean>;
  /** Ends a resource that the template no longer holds; without it, it stays until the next start. */
  remove?(resource: Resource): void | Promise<void>;
}

/** One folder of `services/`: the calls it answers, and the resource types it owns. */
export interface EmulatedService {
  /** The service in the credential scope of a signed call: `sqs`, `events`, `servicediscovery` … */
  readonly signingName: string;
  /** Absent for a service whose resources answer no calls. */
  handle?(request: AwsRequest): Promise<AnsweredCall>;
  readonly resourceTypes: readonly ResourceType[];
  /** Runs once when every resource exists. */
  start?(): void | Promise<void>;
  /** Throws when what it holds does not fit together, e.g. a route whose integration is gone. */
  check?(): void;
  /** What the control API shows of this service, e.g. queue depths. */
  inspect?(): Json;
}
