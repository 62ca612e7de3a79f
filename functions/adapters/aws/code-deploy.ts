import { isObject } from '../../kernel/values/json.ts';
import { createAwsJson } from './aws-json.ts';

/** Deployments of new versions, as a hook that runs before traffic is shifted sees them. */
export interface Deployments {
  /** The deployment group, which has the name of the function that it deploys. */
  groupOf(deploymentId: string): Promise<string>;
  /** Lets the deployment go on, or has it rolled back. */
  report(deploymentId: string, hookExecutionId: string, isSound: boolean): Promise<void>;
}

const TIMEOUT_MS = 10_000;

export const createDeployments = (): Deployments => {
  const send = createAwsJson('codedeploy', TIMEOUT_MS);
  const call = (operation: string, body: Readonly<Record<string, string>>) =>
    send('/', body, {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `CodeDeploy_20141006.${operation}`,
    });
  return {
    groupOf: async (deploymentId) => {
      const { deploymentInfo } = await call('GetDeployment', { deploymentId });
      const group = isObject(deploymentInfo) ? deploymentInfo.deploymentGroupName : undefined;
      if (typeof group !== 'string') throw new Error(`deployment ${deploymentId} names no deployment group`);
      return group;
    },
    report: async (deploymentId, lifecycleEventHookExecutionId, isSound) => {
      const status = isSound ? 'Succeeded' : 'Failed';
      await call('PutLifecycleEventHookExecutionStatus', { deploymentId, lifecycleEventHookExecutionId, status });
    },
  };
};
