import type { TaskSize } from '../config/stage.ts';
import type { SharedApi } from '../constructs/api/shared-api.ts';
import type { TaskNetwork } from '../constructs/tasks/task-network.ts';
import type { ServiceStackProps } from './service-stack.ts';

/** What a service behind the gateway is given of other stacks: ids that have no name, and nothing else. */
export interface RegisteredStackProps extends ServiceStackProps {
  readonly api: SharedApi;
  /** Id of the registry's Cloud Map namespace. */
  readonly namespaceId: string;
}

/** The same for a service that has tasks in containers. A stage that leaves it out builds no stack of it. */
export interface ContainerStackProps extends RegisteredStackProps {
  /** Where containers run. */
  readonly network: TaskNetwork;
  readonly size: TaskSize;
}
