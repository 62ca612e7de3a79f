import type { World } from '../../../core/world.ts';
import type { LambdaFunction } from './lambda-function.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime */
export const environmentVariables = (
  world: World,
  fn: LambdaFunction,
  version: string,
  environmentId: string,
  extra: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> => {
  const { accessKeyId, secretAccessKey, sessionToken } = world.credentials.issue({
    principal: fn.roleArn,
    functionName: fn.name,
    environmentId,
  });
  const day = new Date(world.clock.now()).toISOString().slice(0, 10).replaceAll('-', '/');
  const { format, level } = fn.logging;
  return {
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    ...fn.variables,
    ...extra,
    _HANDLER: fn.handler,
    LAMBDA_TASK_ROOT: fn.codeFolder,
    AWS_EXECUTION_ENV: `AWS_Lambda_${fn.runtime}`,
    AWS_REGION: world.region,
    AWS_DEFAULT_REGION: world.region,
    AWS_LAMBDA_FUNCTION_NAME: fn.name,
    AWS_LAMBDA_FUNCTION_VERSION: version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(fn.memoryMb),
    AWS_LAMBDA_LOG_GROUP_NAME: fn.logging.group,
    AWS_LAMBDA_LOG_STREAM_NAME: `${day}/[${version}]${environmentId.replaceAll('-', '')}`,
    AWS_LAMBDA_LOG_FORMAT: format,
    ...(level ? { AWS_LAMBDA_LOG_LEVEL: level } : {}),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
    AWS_ENDPOINT_URL: world.endpointUrl(),
  };
};
