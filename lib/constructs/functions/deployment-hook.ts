import { Stack } from 'aws-cdk-lib';
import type { Owner } from '../owner.ts';
import type { ServiceFunction } from './service-function.ts';

/** Lets the hook look at deployments of this stage's functions, invoke what is being deployed, and say how it went. */
export const grantCheckDeployments = (hook: ServiceFunction, { stage: { prefix } }: Owner): void => {
  const stack = Stack.of(hook);
  hook.allow(
    ['codedeploy:GetDeployment', 'codedeploy:PutLifecycleEventHookExecutionStatus'],
    [stack.formatArn({ service: 'codedeploy', resource: `deploymentgroup:${prefix}-*/${prefix}-*` })],
  );
  hook.allow(['lambda:InvokeFunction'], [stack.formatArn({ service: 'lambda', resource: `function:${prefix}-*` })]);
};
