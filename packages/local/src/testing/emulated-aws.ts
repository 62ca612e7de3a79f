import type { Access } from '../core/access.ts';
import { type ManualClock, manualClock } from '../core/clock.ts';
import { createWorld, type OwnedWorld } from '../core/create-world.ts';
import type { EmulatedService, Identity, Resource } from '../core/emulated-service.ts';
import type { JsonObject } from '../core/json.ts';
import { seededRandom } from '../core/random.ts';
import { createAwsEndpoint } from '../http/aws-endpoint.ts';

/** Sunday 2026-11-01T12:00:00Z. */
export const STARTED_AT_MS = Date.UTC(2026, 10, 1, 12);

export interface EmulatedAws {
  readonly world: OwnedWorld;
  readonly clock: ManualClock;
  /** For the constructor of any AWS SDK client. */
  readonly clientConfig: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  /** Creates a resource as a template named `Stack` would; answers what Ref and Fn::GetAtt give. */
  create(type: string, logicalId: string, properties: JsonObject): Promise<Identity>;
  /** Moves the clock on and runs what has become due, at its own time. */
  advance(ms: number): Promise<void>;
  stop(): Promise<void>;
}

/** Emulated services behind a real listener, on a clock that the test moves. */
export const emulateAws = async (
  createServices: (world: OwnedWorld) => readonly EmulatedService[],
  access?: Access,
): Promise<EmulatedAws> => {
  const clock = manualClock(STARTED_AT_MS);
  const world = createWorld({ clock, random: seededRandom(1), ...(access && { access }) });
  const services = createServices(world);
  const { url } = await world.listen('AWS endpoint', createAwsEndpoint(world, services));
  world.setEndpointUrl(url);

  return {
    world,
    clock,
    clientConfig: {
      endpoint: url,
      region: world.region,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    },
    create: async (type, logicalId, properties) => {
      const found = services.flatMap(({ resourceTypes }) => resourceTypes).find((candidate) => candidate.type === type);
      if (!found) throw new Error(`no service under test knows ${type}`);
      const resource: Resource = { stack: 'Stack', logicalId, type, properties, metadata: {} };
      const identity = found.identify(resource);
      await found.create?.({ ...resource, identity });
      return identity;
    },
    advance: async (ms) => {
      const untilMs = clock.now() + ms;
      for (;;) {
        const [next] = world.agenda.pending();
        if (!next || next.dueAtMs > untilMs) break;
        clock.set(next.dueAtMs);
        await world.agenda.runDue();
      }
      clock.set(untilMs);
    },
    stop: () => world.stop(),
  };
};
