import { type PropertyVerdicts, propertyVerdicts } from '../assembly/coverage.ts';
import { readAssembly } from '../assembly/read-assembly.ts';
import { createResourceGraph, type ResourceGraph } from '../assembly/resource-graph.ts';
import { createControl } from '../control/control.ts';
import type { Clock } from '../core/clock.ts';
import { createWorld, type OwnedWorld } from '../core/create-world.ts';
import type { EmulatedService, Resource, ResourceType } from '../core/emulated-service.ts';
import { listenNear } from '../core/listen-near.ts';
import type { Random } from '../core/random.ts';
import type { World } from '../core/world.ts';
import { createBoundary } from '../http/aws-endpoint.ts';
import { type CoverageReport, coverageReport } from './coverage-report.ts';
import { invokeNamed, type NamedInvocation } from './function-named.ts';
import { mainApiOf } from './main-api.ts';
import { refuseMissingNeeds } from './needs.ts';
import { type QuietReport, waitForQuiet } from './quiet.ts';
import { type PublishedRoute, routesOf } from './routes.ts';
import { type CreateServices, createServices } from './services.ts';

export interface RuntimeOptions {
  /** What `cdk synth` wrote: the folder that holds manifest.json. */
  readonly assemblyFolder: string;
  /** Where the main HTTP API listens; 0, the default, means any free port, and a taken one moves on to the next. */
  readonly port?: number;
  /** Where AWS calls are answered, with the same meaning as `port`. */
  readonly endpointPort?: number;
  /** An address besides loopback, for containers. */
  readonly alsoListenOn?: string;
  /** Where state that must survive the session is kept; absent means memory only. */
  readonly keepFolder?: string;
  readonly clock?: Clock;
  readonly random?: Random;
  readonly services?: CreateServices;
}

export interface Runtime {
  /** Of the HTTP API with the most routes; undefined when the assembly has none. */
  readonly apiUrl: string | undefined;
  readonly controlUrl: string;
  readonly controlToken: string;
  readonly coverage: CoverageReport;
  readonly routes: readonly PublishedRoute[];
  readonly world: World;
  /** Invokes a function by its short name, `<service>/<function>`; `event` is JSON text. */
  invoke(shortName: string, event: string): Promise<NamedInvocation>;
  quiesce(timeoutMs: number): Promise<QuietReport>;
  stop(): Promise<void>;
}

const typesOf = (services: readonly EmulatedService[]): ReadonlyMap<string, ResourceType> =>
  new Map(services.flatMap(({ resourceTypes }) => resourceTypes.map((type) => [type.type, type] as const)));

/** Opens the listeners whose addresses attributes will show; the main API first, so that it gets the port asked for. */
const bindListeners = async (graph: ResourceGraph, types: ReadonlyMap<string, ResourceType>, mainApi?: string) => {
  const keyOf = ({ stack, logicalId }: ResourceGraph['existing'][number]) => `${stack.name}/${logicalId}`;
  const mainFirst = [...graph.existing].sort((a, b) => Number(keyOf(b) === mainApi) - Number(keyOf(a) === mainApi));
  for (const { stack, logicalId, written } of mainFirst) await types.get(written.type)?.bind?.(stack.name, logicalId);
};

const createAll = async (resources: readonly Resource[], types: ReadonlyMap<string, ResourceType>) => {
  for (const resource of resources) await types.get(resource.type)?.create?.(resource);
};

const start = async (world: OwnedWorld, options: RuntimeOptions, assembly: ReturnType<typeof readAssembly>) => {
  world.provide('assets', assembly.assets);
  const services = (options.services ?? createServices)(world, { preferredPort: options.port ?? 0 });
  const types = typesOf(services);
  const verdicts: ReadonlyMap<string, PropertyVerdicts> = new Map(
    [...types].map(([name, type]) => [name, propertyVerdicts(type)]),
  );
  const graph = createResourceGraph(assembly, types, world);
  const mainApi = mainApiOf(graph.existing, assembly.stacks);

  const boundary = createBoundary(world, services);
  world.setEndpointUrl((await listenNear(world, 'boundary', boundary, options.endpointPort ?? 0)).url);
  await bindListeners(graph, types, mainApi);
  const resolved = graph.resolve();
  refuseMissingNeeds(resolved, verdicts);
  await createAll(resolved.resources, types);
  for (const service of services) await service.start?.();
  world.agenda.start();

  const api = resolved.resources.find(({ stack, logicalId }) => `${stack}/${logicalId}` === mainApi);
  const coverage = coverageReport(resolved, verdicts);
  const control = createControl({ world, services, stacks: assembly.stacks, resources: resolved.resources, coverage });
  const controlUrl = (await world.listen('control', control.onRequest)).url;
  return {
    apiUrl: api && String(api.identity.attributes.ApiEndpoint),
    controlUrl,
    controlToken: control.token,
    coverage,
    routes: routesOf(resolved.resources, api?.identity.ref),
    world,
    invoke: (shortName: string, event: string) => invokeNamed(world, resolved.resources, shortName, event),
    quiesce: (timeoutMs: number) => waitForQuiet(world, timeoutMs),
    stop: () => world.stop(),
  };
};

/**
 * Runs an assembly: read, bind listeners, resolve, create in order of dependence, start. Throws StartError, with
 * everything that was opened closed again.
 */
export const startRuntime = async (options: RuntimeOptions): Promise<Runtime> => {
  const assembly = readAssembly(options.assemblyFolder);
  const { account, region } = assembly;
  const { clock, random, keepFolder, alsoListenOn } = options;
  const world = createWorld({
    ...(account !== undefined && { account }),
    ...(region !== undefined && { region }),
    ...(clock && { clock }),
    ...(random && { random }),
    ...(keepFolder !== undefined && { keepFolder }),
    ...(alsoListenOn !== undefined && { alsoListenOn }),
  });
  try {
    return await start(world, options, assembly);
  } catch (error) {
    await world.stop();
    throw error;
  }
};
