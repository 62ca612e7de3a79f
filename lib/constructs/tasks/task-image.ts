import { DockerImageAsset, Platform } from 'aws-cdk-lib/aws-ecr-assets';
import type { Construct } from 'constructs';
import type { Owner } from '../owner.ts';

/** Where a service's programs for containers are bundled, from the root of the repository. */
export const taskFolder = (service: string): string => `build/${service}.task`;

/** The image of a service's task, from the folder that its programs are bundled into with their Dockerfile. */
export const taskImage = (scope: Construct, id: string, { root, service, stage }: Owner): DockerImageAsset =>
  new DockerImageAsset(scope, id, {
    directory: `${root}/${taskFolder(service)}`,
    platform: stage.architecture === 'arm64' ? Platform.LINUX_ARM64 : Platform.LINUX_AMD64,
  });
