import { resolve } from 'node:path';
import { createEnvironmentPool, DEFAULT_POOL_LIMITS, type PoolLimits } from '../../compute/environment-pool.ts';
import type { EmulatedService } from '../../core/emulated-service.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import type { World } from '../../core/world.ts';
import { createDeployments, deploymentKey } from './deployments.ts';
import { aliasType } from './functions/alias-resource.ts';
import { createFunctionDirectory } from './functions/function-directory.ts';
import { createFunctionMetrics } from './functions/function-metrics.ts';
import { functionType } from './functions/function-resource.ts';
import { layerVersionType } from './functions/layer-resource.ts';
import { permissionType } from './functions/permission-resource.ts';
import { versionType } from './functions/version-resource.ts';
import { createAsyncInvoker } from './invocation/async-invoker.ts';
import { type AsyncSettings, eventInvokeConfigType } from './invocation/async-settings.ts';
import { createInvoker } from './invocation/invoker.ts';
import { recordOutput } from './invocation/record-output.ts';
import { createMappings } from './mappings/mappings.ts';
import { functionUrlType } from './url/url-resource.ts';
import { createWire } from './wire.ts';

export interface LambdaOptions {
  readonly limits?: Partial<PoolLimits>;
  /** Variables that every function gets beside its own, e.g. `AWS_XRAY_DAEMON_ADDRESS`; asked at each cold start. */
  readonly environment?: () => Readonly<Record<string, string>>;
}

export const createLambdaService = (world: World, options: LambdaOptions = {}): EmulatedService => {
  const limits = { ...DEFAULT_POOL_LIMITS, ...options.limits };
  const directory = createFunctionDirectory(world);
  const metrics = createFunctionMetrics();
  const pool = createEnvironmentPool(
    world,
    limits,
    (line) => recordOutput(world, line),
    ({ variables }) => world.credentials.revoke(variables.AWS_ACCESS_KEY_ID ?? ''),
  );
  const deploymentOf = createDeployments(world, options.environment ?? (() => ({})));
  const asyncSettings = new Map<string, AsyncSettings>();
  const permissions: JsonObject[] = [];
  const invoker = createInvoker(world, directory, pool, metrics, deploymentOf);
  const asyncInvoker = createAsyncInvoker(world, directory, invoker, asyncSettings);
  const mappings = createMappings(world, directory, invoker, limits.perFunction);
  const wire = createWire(directory, invoker, asyncInvoker);

  world.onStop('execution environments', pool.stop);
  world.targets.register('lambda', async (arn, { payload, source, traceHeader }) => {
    asyncInvoker.accept({ functionName: arn, payload, source, ...(traceHeader === undefined ? {} : { traceHeader }) });
  });
  world.provide('functions', {
    invoke: (request) => invoker.invoke(request),
    invokeAsync: (request) => asyncInvoker.accept(request),
    reload: (bundleFolder) => {
      const folder = resolve(bundleFolder);
      const reloaded = directory.all().filter(({ bundle }) => bundle !== undefined && resolve(bundle) === folder);
      for (const fn of reloaded) {
        fn.codeFolder = folder;
        for (const version of directory.versions(fn.name)) pool.retire(deploymentKey(fn.name, version));
      }
      return reloaded.map(({ name }) => name);
    },
  });

  return {
    signingName: 'lambda',
    describe: wire.describe,
    handle: wire.handle,
    resourceTypes: [
      functionType(world, directory),
      versionType(world, directory),
      aliasType(world, directory),
      functionUrlType(world, invoker),
      permissionType(permissions),
      eventInvokeConfigType(asyncSettings),
      mappings.resourceType,
      layerVersionType,
    ],
    start: mappings.start,
    inspect: (): Json => ({
      functions: directory.all().map((fn) => ({
        name: fn.name,
        logicalId: fn.logicalId,
        ...metrics.of(fn.name),
        environments: Object.fromEntries(
          directory.versions(fn.name).map((version) => [version, pool.environments(deploymentKey(fn.name, version))]),
        ),
      })),
      mappings: mappings.inspect(),
      permissions,
    }),
  };
};
