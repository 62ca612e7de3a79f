import { AwsError } from '../core/aws-call.ts';
import type { Resource, ResourceType } from '../core/emulated-service.ts';
import { StartError } from '../core/start-error.ts';

/** Creates a resource. What AWS would refuse is refused with the place in the template. */
export const createNamed = async (type: ResourceType | undefined, resource: Resource): Promise<void> => {
  try {
    await type?.create?.(resource);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const { stack, logicalId, type: name } = resource;
    throw new StartError(
      `${logicalId}: ${error.message}`,
      `${name} ${logicalId} of stack ${stack}`,
      'correct the template',
    );
  }
};
