import { templateValues } from '../../../assembly/values.ts';
import type { Identity, Resource, ResourceType } from '../../../core/emulated-service.ts';
import type { World } from '../../../core/world.ts';
import { parseFunctionAddress } from '../state/function-address.ts';
import type { FunctionDirectory } from '../state/function-directory.ts';

export const versionType = (world: World, directory: FunctionDirectory): ResourceType => {
  const published = new Map<string, Identity>();
  const identify = (resource: Resource): Identity => {
    const key = `${resource.stack}/${resource.logicalId}`;
    const known = published.get(key);
    if (known) return known;
    const { name } = parseFunctionAddress(templateValues(resource).requiredText('FunctionName'));
    const version = directory.publishVersion(name);
    const arn = `arn:${world.partition}:lambda:${world.region}:${world.account}:function:${name}:${version}`;
    const identity = { ref: arn, attributes: { Version: version, FunctionArn: arn } };
    published.set(key, identity);
    return identity;
  };
  return {
    type: 'AWS::Lambda::Version',
    honoured: ['FunctionName'],
    notEmulated: {
      CodeSha256: 'an assembly holds one version of the code',
      Description: 'shown by AWS only',
      ProvisionedConcurrencyConfig: 'environments start on demand',
      RuntimePolicy: 'the runtime is the Node.js that runs this program',
    },
    identify,
  };
};
