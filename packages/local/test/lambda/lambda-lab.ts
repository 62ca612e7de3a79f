import { fileURLToPath } from 'node:url';
import { LambdaClient } from '@aws-sdk/client-lambda';
import type { Clock } from '../../src/core/clock.ts';
import { createWorld } from '../../src/core/create-world.ts';
import type { Resource } from '../../src/core/emulated-service.ts';
import type { JournalKind } from '../../src/core/journal.ts';
import type { JsonObject } from '../../src/core/json.ts';
import type { Random } from '../../src/core/random.ts';
import { createAwsEndpoint } from '../../src/http/aws-endpoint.ts';
import { createLambdaService, type LambdaOptions } from '../../src/services/lambda/service.ts';

export const FUNCTIONS = fileURLToPath(new URL('./functions', import.meta.url));

interface LabOptions extends LambdaOptions {
  readonly clock?: Clock;
  readonly random?: Random;
  readonly keepFolder?: string;
}

/** Little enough that a test with real time does not notice, and none of the pool's rules depend on how much it is. */
const LIMITS = { patienceMs: 5, restMs: 0 };

/**
 * A world with the Lambda service, its AWS endpoint and a real SDK client; code assets are the folders of `functions/`. With
 * a clock of its own, a test runs the agenda itself.
 */
export const openLab = async (options: LabOptions = {}) => {
  const world = createWorld(options);
  world.provide('assets', { locate: (_bucket, key) => `${FUNCTIONS}/${key}`, locateImage: () => undefined });
  const service = createLambdaService(world, { ...options, limits: { ...LIMITS, ...options.limits } });
  if (!options.clock) world.agenda.start();
  const { url } = await world.listen('AWS endpoint', createAwsEndpoint(world, [service]));
  world.setEndpointUrl(url);
  const client = new LambdaClient({
    endpoint: url,
    region: world.region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  const add = async (type: string, logicalId: string, properties: JsonObject, metadata: JsonObject = {}) => {
    const resourceType = service.resourceTypes.find((candidate) => candidate.type === type);
    if (!resourceType) throw new Error(`${type} is not a type of this service`);
    await resourceType.bind?.('Stack', logicalId);
    const resource: Resource = { stack: 'Stack', logicalId, type, properties, metadata };
    const identity = resourceType.identify(resource);
    await resourceType.create?.({ ...resource, identity });
    return identity;
  };
  let closed = false;
  return {
    world,
    service,
    client,
    add,
    functions: world.need('functions'),
    /** A function of `functions/probe` that takes its export's name. */
    addProbe: (handler: string, properties: JsonObject = {}, name = handler) =>
      add('AWS::Lambda::Function', name, {
        FunctionName: name,
        Code: { S3Bucket: 'assets', S3Key: 'probe' },
        Handler: `index.${handler}`,
        Runtime: 'nodejs24.x',
        Role: `arn:aws:iam::000000000000:role/${name}-role`,
        ...properties,
      }),
    invoke: (functionName: string, event: JsonObject = {}) =>
      world.need('functions').invoke({ functionName, payload: JSON.stringify(event), source: 'test' }),
    entries: (kind: JournalKind) => [...world.journal.read(kind)].reverse(),
    /** Looks at every turn of the event loop until the condition holds. */
    until: async (condition: () => boolean): Promise<void> => {
      while (!condition()) {
        if (closed) throw new Error('the lab closed before the condition held');
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    close: async () => {
      closed = true;
      client.destroy();
      await world.stop();
    },
  };
};

export type Lab = Awaited<ReturnType<typeof openLab>>;
