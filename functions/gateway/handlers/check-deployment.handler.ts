import { errorFields } from '../../edge/error-fields.ts';
import { isSound, smokeRequest } from '../commands/smoke-check.ts';
import { runtime, wireDeployments } from '../wiring.ts';

/** What CodeDeploy sends before it shifts traffic to a new version. */
interface HookEvent {
  readonly DeploymentId: string;
  readonly LifecycleEventHookExecutionId: string;
}

const { groupOf, report, invoke } = wireDeployments();

const passes = async (deploymentId: string): Promise<boolean> => {
  try {
    const functionName = await groupOf(deploymentId);
    const answer = await invoke(functionName, smokeRequest(new Date(runtime.clock.now())));
    runtime.log.info('smoke check', { deploymentId, functionName, statusCode: answer.statusCode ?? 'none' });
    return isSound(answer);
  } catch (thrown) {
    runtime.log.error('smoke check failed', { deploymentId, ...errorFields(thrown) });
    return false;
  }
};

export const handler = async ({ DeploymentId, LifecycleEventHookExecutionId }: HookEvent): Promise<void> =>
  report(DeploymentId, LifecycleEventHookExecutionId, await passes(DeploymentId));
