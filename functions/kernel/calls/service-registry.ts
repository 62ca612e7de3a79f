/** One instance as AWS Cloud Map knows it. */
export interface RegisteredInstance {
  readonly id: string;
  readonly service: string;
  readonly host: string;
  readonly port: number;
  readonly healthy: boolean;
  /** `deploy` when a deployment registered it, `lease` when it must send heartbeats. */
  readonly origin: 'deploy' | 'lease';
}

/** The port to Cloud Map through which instances are entered. Throws Refused `unavailable` when it cannot be reached. */
export interface ServiceRegistry {
  services(): Promise<readonly string[]>;
  /** Healthy and unhealthy ones; undefined when no such service is entered. */
  instances(service: string): Promise<readonly RegisteredInstance[] | undefined>;
  /** Idempotent; enters it as healthy. */
  register(instance: Pick<RegisteredInstance, 'id' | 'service' | 'host' | 'port'>): Promise<void>;
  deregister(service: string, id: string): Promise<void>;
  setHealth(service: string, id: string, healthy: boolean): Promise<void>;
}
