import type { Act } from '../../../core/access.ts';
import type { World } from '../../../core/world.ts';
import type { TaskDefinition } from '../state/task-definition.ts';

const PULL = ['BatchCheckLayerAvailability', 'BatchGetImage', 'GetDownloadUrlForLayer'];

/** What ECS does with a task's execution role before the task runs: pull its image, open its log. */
export const launchActs = (
  { partition, region, account }: World,
  { repository, logGroup }: Pick<TaskDefinition, 'repository' | 'logGroup'>,
  taskId: string,
): readonly Act[] => {
  const arn = (service: string, path: string) => `arn:${partition}:${service}:${region}:${account}:${path}`;
  const image = PULL.map((name) => ({ action: `ecr:${name}`, resource: arn('ecr', `repository/${repository}`) }));
  const logs = ['CreateLogStream', 'PutLogEvents'].map((name) => ({
    action: `logs:${name}`,
    resource: arn('logs', `log-group:${logGroup}:log-stream:${taskId}`),
  }));
  return [{ action: 'ecr:GetAuthorizationToken', resource: '*' }, ...image, ...(logGroup === undefined ? [] : logs)];
};
