import type { World } from '../../../core/world.ts';
import type { TaskDefinition } from '../state/task-definition.ts';

/**
 * What a task finds in its environment: what its definition says, and what Fargate and this machine add. Nothing is
 * inherited. A task listens on HOST and PORT.
 */
export const taskVariables = (
  world: World,
  { variables, roleArn }: TaskDefinition,
  taskId: string,
  port: number,
  extra: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> => {
  const { accessKeyId, secretAccessKey, sessionToken } = world.credentials.issue({ principal: roleArn, taskId });
  return {
    ...variables,
    ...extra,
    HOST: '127.0.0.1',
    PORT: String(port),
    AWS_EXECUTION_ENV: 'AWS_ECS_FARGATE',
    AWS_REGION: world.region,
    AWS_DEFAULT_REGION: world.region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
    AWS_ENDPOINT_URL: world.endpointUrl(),
  };
};
