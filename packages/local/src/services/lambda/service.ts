import { resolve } from 'node:path';
import type { EnvironmentPlan, OutputLine } from '../../compute/environment.ts';
import { createEnvironmentPool, type EnvironmentPool } from '../../compute/environment-pool.ts';
import { DEFAULT_POOL_LIMITS, type PoolLimits } from '../../compute/pool-limits.ts';
import type { EmulatedService } from '../../core/emulated-service.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import type { InvocationRequest } from '../../core/ports.ts';
import type { World } from '../../core/world.ts';
import { type AsyncInvoker, createAsyncInvoker } from './invocation/async-invoker.ts';
import { createInvoker, type Invoker } from './invocation/invoker.ts';
import { recordOutput } from './invocation/record-output.ts';
import { createMappings } from './mappings/mappings.ts';
import { lambdaApi } from './operations.ts';
import { aliasType } from './resources/alias.ts';
import { type AsyncSettings, eventInvokeConfigType } from './resources/event-invoke-config.ts';
import { functionType } from './resources/function.ts';
import { functionUrlType } from './resources/function-url.ts';
import { layerVersionType } from './resources/layer-version.ts';
import { permissionType } from './resources/permission.ts';
import { versionType } from './resources/version.ts';
import { invokeActs, NETWORK_ACTS } from './state/acts.ts';
import { createDeployments, deploymentKey } from './state/deployments.ts';
import { createFunctionDirectory, type FunctionDirectory } from './state/function-directory.ts';
import { createFunctionMetrics } from './state/function-metrics.ts';
import { bundleFolderOf } from './state/lambda-function.ts';
import { createResolvers } from './state/resolvers.ts';

export type CreatePool = (
  onOutput: (line: OutputLine) => void,
  onRetired: (plan: EnvironmentPlan) => void,
) => EnvironmentPool;

export interface LambdaOptions {
  readonly limits?: Partial<PoolLimits>;
  /** Variables that every function gets beside its own, e.g. `AWS_XRAY_DAEMON_ADDRESS`; asked at each cold start. */
  readonly environment?: () => Readonly<Record<string, string>>;
  /** Takes the segments that Lambda itself reports, one for each sampled invocation. */
  readonly onSegment?: (document: JsonObject) => void;
  /** Called for a segment that the function's role may not report: nothing below it is reported either. */
  readonly onLostSegment?: (segmentId: string) => void;
  /** What runs invocations; default: threads that run as they like. */
  readonly createPool?: CreatePool;
}

/** Lambda enters a network with the role of the function, and not as the function. */
const enterNetworks = ({ access }: World, directory: FunctionDirectory): void => {
  for (const { roleArn: principal, place } of directory.all()) {
    if (place) for (const act of NETWORK_ACTS) access.permits({ principal }, [act]);
  }
};

const environmentsOf = (functionName: string, directory: FunctionDirectory, pool: EnvironmentPool): Json => {
  const versions = directory.versions(functionName);
  return Object.fromEntries(
    versions.map((version) => [version, pool.environments(deploymentKey(functionName, version))]),
  );
};

interface Invokers {
  readonly invoker: Invoker;
  readonly asyncInvoker: AsyncInvoker;
  readonly retire: (functionName: string) => void;
}

/** Functions as other services and the runtime reach them: by who may invoke them. */
const provideFunctions = (world: World, directory: FunctionDirectory, { invoker, asyncInvoker, retire }: Invokers) => {
  const authorize = ({ by, functionName }: Pick<InvocationRequest, 'by' | 'functionName'>): void => {
    if (by) world.access.demand(by, () => invokeActs(world, functionName));
  };
  world.targets.register('lambda', async (functionName, { payload, source, traceHeader, by }) => {
    authorize({ functionName, ...(by && { by }) });
    asyncInvoker.accept({ functionName, payload, source, ...(traceHeader === undefined ? {} : { traceHeader }) });
  });
  world.provide('functions', {
    invoke: async (request) => {
      authorize(request);
      return invoker.invoke(request);
    },
    invokeAsync: (request) => asyncInvoker.accept(request),
    reload: (bundleFolder) => {
      const folder = resolve(bundleFolder);
      const reloaded = directory.all().filter((fn) => bundleFolderOf(fn) === folder);
      for (const fn of reloaded) {
        fn.codeFolder = folder;
        retire(fn.name);
      }
      return reloaded.map(({ name }) => name);
    },
    names: () => directory.all().map(({ name }) => name),
  });
};

export const createLambdaService = (world: World, options: LambdaOptions = {}): EmulatedService => {
  const limits = { ...DEFAULT_POOL_LIMITS, ...options.limits };
  const directory = createFunctionDirectory(world);
  const metrics = createFunctionMetrics();
  const createPool: CreatePool =
    options.createPool ?? ((onOutput, onRetired) => createEnvironmentPool(world, limits, onOutput, onRetired));
  const pool = createPool(
    (line) => recordOutput(world, directory, line),
    ({ variables }) => world.credentials.revoke(variables.AWS_ACCESS_KEY_ID ?? ''),
  );
  const resolvers = createResolvers(world);
  const deploymentOf = createDeployments(world, directory, resolvers, options.environment ?? (() => ({})));
  const asyncSettings = new Map<string, AsyncSettings>();
  const { onSegment = () => {}, onLostSegment = () => {} } = options;
  const invoker = createInvoker(world, directory, pool, metrics, { deploymentOf, onSegment, onLostSegment });
  const asyncInvoker = createAsyncInvoker(world, directory, invoker, asyncSettings);
  const mappings = createMappings(world, directory, invoker, limits.perFunction);

  const retire = (functionName: string) => {
    for (const version of directory.versions(functionName)) pool.retire(deploymentKey(functionName, version));
  };

  world.onStop('execution environments', pool.stop);
  world.provide('environments', { kill: pool.kill });
  provideFunctions(world, directory, { invoker, asyncInvoker, retire });

  return {
    signingName: 'lambda',
    handle: lambdaApi(world, directory, invoker, asyncInvoker),
    resourceTypes: [
      functionType(world, directory, resolvers, retire),
      versionType(world, directory),
      aliasType(world, directory),
      functionUrlType(world, invoker),
      permissionType(world),
      eventInvokeConfigType(asyncSettings),
      mappings.resourceType,
      layerVersionType,
    ],
    start: async () => {
      enterNetworks(world, directory);
      await mappings.start();
    },
    inspect: (): Json => ({
      functions: directory.all().map(({ name, logicalId }) => ({
        name,
        logicalId,
        ...metrics.of(name),
        environments: environmentsOf(name, directory, pool),
      })),
      mappings: mappings.inspect(),
    }),
  };
};
