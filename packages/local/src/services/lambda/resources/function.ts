import { isDeepStrictEqual } from 'node:util';
import type { ResourceType } from '../../../core/emulated-service.ts';
import type { World } from '../../../core/world.ts';
import type { FunctionDirectory } from '../state/function-directory.ts';
import { bundleFolderOf, functionIdentity, readFunction } from '../state/lambda-function.ts';
import type { Resolvers } from '../state/resolvers.ts';

export const functionType = (
  world: World,
  directory: FunctionDirectory,
  resolvers: Resolvers,
  retire: (functionName: string) => void,
): ResourceType => ({
  type: 'AWS::Lambda::Function',
  honoured: [
    'FunctionName',
    'Code.S3Bucket',
    'Code.S3Key',
    'Code.ZipFile',
    'Handler',
    'Runtime',
    'Timeout',
    'MemorySize',
    'Environment',
    'ReservedConcurrentExecutions',
    'Role',
    'DeadLetterConfig',
    'LoggingConfig.LogGroup',
    'LoggingConfig.LogFormat',
    'LoggingConfig.ApplicationLogLevel',
    'TracingConfig',
    'PackageType',
    'Layers',
    'VpcConfig.SecurityGroupIds',
    'VpcConfig.SubnetIds',
  ],
  notEmulated: {
    Architectures: "code runs on this machine's processor",
    'Code.S3ObjectVersion': 'an assembly holds one version of each asset',
    'Code.SourceKMSKeyArn': 'code is not encrypted here',
    CodeSigningConfigArn: 'code is not signed here',
    Description: 'shown by AWS only',
    EphemeralStorage: "functions share this machine's temporary folder",
    FileSystemConfigs: 'no network file system is mounted',
    KmsKeyArn: 'environment variables are not encrypted here',
    'LoggingConfig.SystemLogLevel': 'the runtime keeps its own journal of invocations',
    RecursiveLoop: 'loops are not detected',
    RuntimeManagementConfig: 'the runtime is the Node.js that runs this program',
    SnapStart: 'environments start from nothing',
    Tags: 'shown by AWS only',
    VpcConfig: 'functions use the network of this machine; its security groups say what they reach in it',
  },
  identify: (resource) => functionIdentity(world, resource),
  create: async (resource) => {
    const fn = readFunction(world, resource);
    await resolvers.follow(fn);
    directory.add(fn);
  },
  update: async (resource) => {
    const now = readFunction(world, resource);
    const before = directory.find({ name: now.name });
    // What was reloaded from its bundle is newer than the assembly's copy.
    if (before.bundle === now.bundle && before.codeFolder === bundleFolderOf(now)) now.codeFolder = before.codeFolder;
    if (isDeepStrictEqual(now, before)) return false;
    await resolvers.follow(now);
    directory.add(now);
    retire(now.name);
    return true;
  },
  remove: async (resource) => {
    const { ref: name } = functionIdentity(world, resource);
    await resolvers.forget(name);
    directory.remove(name);
    retire(name);
  },
});
