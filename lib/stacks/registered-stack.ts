import type { SharedApi } from '../constructs/api/shared-api.ts';
import type { TaskNetwork } from '../constructs/tasks/task-network.ts';
import type { ServiceStackProps } from './service-stack.ts';

/** What a service behind the gateway is given of other stacks: ids that have no name, and nothing else. */
export interface RegisteredStackProps extends ServiceStackProps {
  readonly api: SharedApi;
  /** Id of the registry's Cloud Map namespace. */
  readonly namespaceId: string;
  /** Where containers run; a stage without them has none. */
  readonly network: TaskNetwork | undefined;
}
