import { DockerImageAsset, Platform } from 'aws-cdk-lib/aws-ecr-assets';
import type { Construct } from 'constructs';
import type { Owner } from '../owner.ts';

/** The image of a service's task, from the folder that its programs are bundled into with their Dockerfile. */
export const taskImage = (scope: Construct, id: string, { root, service, stage }: Owner): DockerImageAsset =>
  new DockerImageAsset(scope, id, {
    directory: `${root}/build/${service}.task`,
    platform: stage.architecture === 'arm64' ? Platform.LINUX_ARM64 : Platform.LINUX_AMD64,
  });
