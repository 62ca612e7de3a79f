import type { Assembly } from '../assembly/assembly.ts';
import { type PropertyVerdicts, propertyVerdicts } from '../assembly/coverage.ts';
import { readAssembly } from '../assembly/read-assembly.ts';
import { createResourceGraph, type ResolvedAssembly, type ResourceGraph } from '../assembly/resource-graph.ts';
import { createControl } from '../control/control.ts';
import type { ControlContext } from '../control/control-operation.ts';
import { type MovableClock, shiftableClock } from '../core/clock.ts';
import { createWorld, DEFAULT_PLACE, type OwnedWorld } from '../core/create-world.ts';
import type { EmulatedService, Resource, ResourceType } from '../core/emulated-service.ts';
import type { Gate } from '../core/gate.ts';
import { listenNear } from '../core/listening/listen-near.ts';
import type { Random } from '../core/random.ts';
import type { World } from '../core/world.ts';
import { createAwsEndpoint } from '../http/aws-endpoint.ts';
import { createAccess } from '../iam/create-access.ts';
import type { ContentionOptions } from '../services/dynamodb/state/contention.ts';
import type { LambdaFunction } from '../services/lambda/state/lambda-function.ts';
import { type AdvanceReport, createAdvance } from './advance-clock.ts';
import { applyChanges, type Changes } from './apply-changes.ts';
import { type CoverageReport, coverageReport } from './coverage-report.ts';
import { createNamed } from './create-named.ts';
import { invokeNamed, type NamedInvocation } from './function-named.ts';
import { mainApiOf } from './main-api.ts';
import { refuseMissingNeeds } from './needs.ts';
import { containerServicesOf, type PublishedRoute, routesOf } from './published.ts';
import { type QuietReport, waitForQuiet } from './quiet.ts';
import { readFunctions } from './read-functions.ts';
import { recordDenials } from './record-denials.ts';
import { type CreateServices, createServices, type ServiceOptions } from './services.ts';
import { writePermissions } from './write-permissions.ts';

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
  /** A person may stand at a breakpoint: no timeout ends a function or an answer. */
  readonly debugging?: boolean;
  /** Default: real time, which can be shifted. A clock that stands still moves only by `advance`. */
  readonly clock?: MovableClock;
  readonly random?: Random;
  /** Default: every gate stands open. */
  readonly gate?: Gate;
  /** Opens listeners; default on loopback. */
  readonly listen?: World['listen'];
  readonly services?: CreateServices;
  /** How tasks of containers run; default as processes of this machine. */
  readonly tasks?: ServiceOptions['tasks'];
  /** How transactions of DynamoDB conflict; default as on AWS. */
  readonly contention?: ContentionOptions;
  /** Whether calls are allowed by the policies of the assembly only; default true. */
  readonly enforced?: boolean;
  /** Whether the journal says how many capacity units calls of DynamoDB consume; each takes longer then. */
  readonly metered?: boolean;
}

export interface Runtime {
  /** Of the HTTP API with the most routes; undefined when the assembly has none. */
  readonly apiUrl: string | undefined;
  readonly controlUrl: string;
  readonly controlToken: string;
  readonly coverage: CoverageReport;
  readonly routes: readonly PublishedRoute[];
  /** The names of services whose tasks run. */
  readonly containerServices: readonly string[];
  readonly world: World;
  /**
   * Brings the system to another assembly while it runs; see applyChanges. Throws StartError, and changes nothing, when
   * that assembly could not be started either.
   */
  apply(assemblyFolder: string): Promise<Changes>;
  /** The functions that another assembly would have in the place of this one's. Nothing is made of them. */
  functionsOf(assemblyFolder: string): Promise<readonly LambdaFunction[]>;
  /** Invokes a function by its short name, `<service>/<function>`; `event` is JSON text. */
  invoke(shortName: string, event: string): Promise<NamedInvocation>;
  quiesce(timeoutMs: number): Promise<QuietReport>;
  /** Moves the clock on by `ms`; see createAdvance. */
  advance(ms: number): Promise<AdvanceReport>;
  stop(): Promise<void>;
}

/** What runs now, as the control API shows it. */
type System = { -readonly [K in keyof ControlContext]: ControlContext[K] };

const typesOf = (services: readonly EmulatedService[]): ReadonlyMap<string, ResourceType> =>
  new Map(services.flatMap(({ resourceTypes }) => resourceTypes.map((type) => [type.type, type] as const)));

/** Opens the listeners whose addresses attributes will show; the main API first, so that it gets the port asked for. */
const createBinder = (types: ReadonlyMap<string, ResourceType>) => {
  const bound = new Set<string>();
  return async (existing: ResourceGraph['existing'], mainApi?: string) => {
    const keyOf = ({ stack, logicalId }: ResourceGraph['existing'][number]) => `${stack.name}/${logicalId}`;
    const mainFirst = [...existing].sort((a, b) => Number(keyOf(b) === mainApi) - Number(keyOf(a) === mainApi));
    for (const resource of mainFirst) {
      const { stack, logicalId, written } = resource;
      const { bind } = types.get(written.type) ?? {};
      if (!bind || bound.has(keyOf(resource))) continue;
      await bind(stack.name, logicalId);
      bound.add(keyOf(resource));
    }
  };
};

/** Resolves another assembly in this world. */
const createResolver =
  (world: World, types: ReadonlyMap<string, ResourceType>, bind: ReturnType<typeof createBinder>) =>
  async (next: Assembly): Promise<ResolvedAssembly> => {
    const graph = createResourceGraph(next, types, world);
    await bind(graph.existing);
    return graph.resolve();
  };

const createAll = async (resources: readonly Resource[], types: ReadonlyMap<string, ResourceType>) => {
  for (const resource of resources) await createNamed(types.get(resource.type), resource);
};

const serviceOptionsOf = ({ port = 0, contention, metered, tasks }: RuntimeOptions): ServiceOptions => ({
  preferredPort: port,
  ...(contention && { contention }),
  ...(metered && { metered }),
  ...(tasks && { tasks }),
});

const start = async (
  world: OwnedWorld,
  clock: MovableClock,
  options: RuntimeOptions,
  assembly: Assembly,
): Promise<Runtime> => {
  world.provide('assets', assembly.assets);
  const services = (options.services ?? createServices)(world, serviceOptionsOf(options));
  const types = typesOf(services);
  const verdicts: ReadonlyMap<string, PropertyVerdicts> = new Map(
    [...types].map(([name, type]) => [name, propertyVerdicts(type)]),
  );
  const graph = createResourceGraph(assembly, types, world);
  const mainApi = mainApiOf(graph.existing, assembly.stacks);

  const endpoint = createAwsEndpoint(world, services);
  world.setEndpointUrl((await listenNear(world, 'AWS endpoint', endpoint, options.endpointPort ?? 0)).url);
  const bind = createBinder(types);
  await bind(graph.existing, mainApi);
  const resolved = graph.resolve();
  refuseMissingNeeds(resolved, verdicts);
  await createAll(resolved.resources, types);
  for (const service of services) await service.start?.();
  if (clock.face.kind === 'running') world.agenda.start();

  const api = resolved.resources.find(({ stack, logicalId }) => `${stack}/${logicalId}` === mainApi);
  const coverage = coverageReport(resolved, verdicts);
  const { resources } = resolved;
  const advance = createAdvance(world, clock);
  const system: System = { world, services, stacks: assembly.stacks, coverage, resources, advance };
  const control = createControl(system);
  const controlUrl = (await world.listen('control', control.onRequest)).url;
  const resolve = createResolver(world, types, bind);
  const apply = async (folder: string): Promise<Changes> => {
    const next = readAssembly(folder);
    world.provide('assets', next.assets);
    const nextResolved = await resolve(next);
    refuseMissingNeeds(nextResolved, verdicts);
    const { resources, ...changes } = await applyChanges(system.resources, nextResolved.resources, types, verdicts);
    Object.assign(system, { stacks: next.stacks, resources, coverage: coverageReport(nextResolved, verdicts) });
    for (const service of services) service.check?.();
    return changes;
  };
  return {
    apiUrl: api && String(api.identity.attributes.ApiEndpoint),
    controlUrl,
    controlToken: control.token,
    get coverage() {
      return system.coverage;
    },
    get routes() {
      return routesOf(system.resources, api?.identity.ref);
    },
    get containerServices() {
      return options.tasks === 'none' ? [] : containerServicesOf(system.resources);
    },
    world,
    apply,
    functionsOf: async (folder) => {
      const other = readAssembly(folder);
      return readFunctions(world, other, await resolve(other));
    },
    invoke: (shortName: string, event: string) => invokeNamed(world, system.resources, shortName, event),
    quiesce: (timeoutMs: number) => waitForQuiet(world, timeoutMs),
    advance,
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
  const { random, gate, listen, keepFolder, alsoListenOn, debugging = false } = options;
  const clock = options.clock ?? shiftableClock();
  const place = { account: account ?? DEFAULT_PLACE.account, region: region ?? DEFAULT_PLACE.region, partition: 'aws' };
  const access = options.enforced === false ? undefined : createAccess(place, () => clock.now());
  const world = createWorld({
    debugging,
    ...(access && { access }),
    ...(account !== undefined && { account }),
    ...(region !== undefined && { region }),
    clock,
    ...(random && { random }),
    ...(gate && { gate }),
    ...(listen && { listen }),
    ...(keepFolder !== undefined && { keepFolder }),
    ...(alsoListenOn !== undefined && { alsoListenOn }),
  });
  if (access) {
    recordDenials(world, access);
    writePermissions(world);
  }
  try {
    return await start(world, clock, options, assembly);
  } catch (error) {
    await world.stop();
    throw error;
  }
};
