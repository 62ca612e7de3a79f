import { createCloudMapLookup } from '../adapters/aws/cloud-map-lookup.ts';
import { createDeployments } from '../adapters/aws/code-deploy.ts';
import { createInvocations } from '../adapters/aws/function-invocations.ts';
import { bundledFile } from '../adapters/node/bundled-file.ts';
import { createRuntime, processEnvironment } from '../adapters/runtime.ts';
import { baseEnvironment } from '../kernel/values/environment.ts';
import type { Route } from './domain/unrouted.ts';
import { readinessEnvironment } from './environment.ts';

export const runtime = createRuntime();

/** Written from the contracts of all services when the function was synthesized. */
export const wireRoutes = (): readonly Route[] => JSON.parse(bundledFile('routes.json'));

export const wireOpenapi = (): object => JSON.parse(bundledFile('openapi.json'));

/** The namespace has the prefix as its name. */
export const wireReadiness = () => ({
  services: processEnvironment(readinessEnvironment).services.split(','),
  lookup: createCloudMapLookup({ namespace: processEnvironment(baseEnvironment).prefix }),
});

export const wireDeployments = () => ({ ...createDeployments(), invoke: createInvocations() });
