import { createServiceClient, type ServiceClient } from '../kernel/calls/service-client.ts';
import type { Runtime } from '../kernel/ports/runtime.ts';
import { createCloudMapLookup } from './aws/cloud-map-lookup.ts';
import { createSignedTransport } from './aws/signed-fetch.ts';
import { pause } from './node/pause.ts';

/** The client for other services of this stage: Cloud Map, signed HTTP, real time and chance. Call it once. */
export const createServiceCalls = (
  { namespace }: { readonly namespace: string },
  { clock, random, log }: Pick<Runtime, 'clock' | 'random' | 'log'>,
): ServiceClient =>
  createServiceClient({
    clock,
    random,
    log,
    pause,
    lookup: createCloudMapLookup({ namespace }),
    transport: createSignedTransport(),
  });
