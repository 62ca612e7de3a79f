import { createCloudMapRegistry } from '../adapters/aws/cloud-map-registry.ts';
import { createDeployments } from '../adapters/aws/code-deploy.ts';
import { createInvocations } from '../adapters/aws/function-invocations.ts';
import { bundledFile } from '../adapters/node/bundled-file.ts';
import { createRuntime, processEnvironment } from '../adapters/runtime.ts';
import { baseEnvironment } from '../kernel/values/environment.ts';
import type { Route } from './domain/route-table.ts';
import { readinessEnvironment } from './environment.ts';

export const runtime = createRuntime();

/** Written from the contracts of all services when the function was synthesized. */
export const knownRoutes = (): readonly Route[] => JSON.parse(bundledFile('routes.json'));

export const openapiDocument = (): object => JSON.parse(bundledFile('openapi.json'));

export const requiredServices = (): readonly string[] => processEnvironment(readinessEnvironment).services.split(',');

/** The namespace has the prefix as its name. */
export const serviceRegistry = () => createCloudMapRegistry({ namespace: processEnvironment(baseEnvironment).prefix });

export const deployments = createDeployments;

export const invocations = createInvocations;
