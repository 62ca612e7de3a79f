import { manualClock } from '../../src/core/clock.ts';
import { createWorld, type OwnedWorld } from '../../src/core/create-world.ts';
import type { ResourceType } from '../../src/core/emulated-service.ts';
import { isObject, type Json, type JsonObject } from '../../src/core/json.ts';
import type { InvocationRequest, InvocationResult } from '../../src/core/ports.ts';
import type { Random } from '../../src/core/random.ts';
import { createHttpApiService, type HttpApiService } from '../../src/services/apigateway/service.ts';
import { stopping } from '../core/stopping.ts';

export const STARTED_AT_MS = Date.UTC(2020, 2, 12, 19, 3, 58);
const FUNCTION_ARN = 'arn:aws:lambda:us-east-1:000000000000:function:echo:live';

export interface Invocation extends InvocationRequest {
  readonly event: JsonObject;
}

export interface Gateway extends AsyncDisposable {
  readonly world: OwnedWorld;
  readonly clock: ReturnType<typeof manualClock>;
  readonly service: HttpApiService;
  readonly url: string;
  readonly apiId: string;
  readonly invocations: Invocation[];
  /** What the function does next; it answers `{ok: true}` until told otherwise. */
  answerWith(answer: (event: JsonObject) => InvocationResult | Promise<InvocationResult>): void;
}

export const returned = (value: Json): InvocationResult => ({
  requestId: 'invocation-1',
  payload: JSON.stringify(value),
});

const owner = (service: HttpApiService, type: string): ResourceType => {
  const found = service.resourceTypes.find((one) => one.type === type);
  if (!found) throw new Error(`no resource type ${type}`);
  return found;
};

/** Creates resources as the runtime does, and answers each one's Ref. */
export const createResources = async (
  service: HttpApiService,
  resources: readonly (readonly [
    logicalId: string,
    type: string,
    properties: (ref: (id: string) => string) => JsonObject,
  ])[],
): Promise<(logicalId: string) => string> => {
  const refs = new Map<string, string>();
  const ref = (logicalId: string) => refs.get(logicalId) ?? '';
  for (const [logicalId, type] of resources) await owner(service, type).bind?.('gateway', logicalId);
  for (const [logicalId, type, properties] of resources) {
    const resource = { stack: 'gateway', logicalId, type, properties: properties(ref), metadata: {} };
    const identity = owner(service, type).identify(resource);
    refs.set(logicalId, identity.ref);
    await owner(service, type).create?.({ ...resource, identity });
  }
  await service.start?.();
  return ref;
};

export interface RouteSpec {
  readonly key: string;
  readonly properties?: JsonObject;
  readonly integration?: JsonObject;
}

export interface GatewayOptions {
  readonly routes: readonly (string | RouteSpec)[];
  readonly api?: JsonObject;
  readonly stage?: JsonObject;
  readonly authorizer?: JsonObject;
  readonly random?: Random;
}

export const startGateway = async ({ routes, api, stage, authorizer, random }: GatewayOptions): Promise<Gateway> => {
  const clock = manualClock(STARTED_AT_MS);
  const world = createWorld({ clock, ...(random && { random }) });
  const invocations: Invocation[] = [];
  let answer: (event: JsonObject) => InvocationResult | Promise<InvocationResult> = () => returned({ ok: true });
  world.provide('functions', {
    invoke: async (request) => {
      const event: unknown = JSON.parse(request.payload);
      if (!isObject(event)) throw new Error('the event is not an object');
      invocations.push({ ...request, event });
      return answer(event);
    },
    invokeAsync: () => '',
    reload: () => [],
    names: () => [],
  });
  const service = createHttpApiService(world, { preferredPort: 0 });
  const routed = routes.map((route) => (typeof route === 'string' ? { key: route } : route));
  const resources: Parameters<typeof createResources>[1] = [
    ['Api', 'AWS::ApiGatewayV2::Api', () => ({ Name: 'shop', ProtocolType: 'HTTP', ...api })],
    [
      'Stage',
      'AWS::ApiGatewayV2::Stage',
      (to) => ({ ApiId: to('Api'), StageName: '$default', AutoDeploy: true, ...stage }),
    ],
    ...(authorizer
      ? ([
          [
            'Authorizer',
            'AWS::ApiGatewayV2::Authorizer',
            (to: (id: string) => string) => ({ ApiId: to('Api'), AuthorizerType: 'JWT', Name: 'users', ...authorizer }),
          ],
        ] as const)
      : []),
    ...routed.flatMap(
      ({ key, properties, integration }: RouteSpec, index) =>
        [
          [
            `Integration${index}`,
            'AWS::ApiGatewayV2::Integration',
            (to: (id: string) => string) => ({
              ApiId: to('Api'),
              IntegrationType: 'AWS_PROXY',
              IntegrationUri: FUNCTION_ARN,
              PayloadFormatVersion: '2.0',
              ...integration,
            }),
          ],
          [
            `Route${index}`,
            'AWS::ApiGatewayV2::Route',
            (to: (id: string) => string) => ({
              ApiId: to('Api'),
              RouteKey: key,
              Target: `integrations/${to(`Integration${index}`)}`,
              ...(properties?.AuthorizationType === 'JWT' && { AuthorizerId: to('Authorizer') }),
              ...properties,
            }),
          ],
        ] as const,
    ),
  ];
  const ref = await createResources(service, resources).catch(async (error: unknown) => {
    await world.stop();
    throw error;
  });
  return {
    ...stopping(world),
    world,
    clock,
    service,
    invocations,
    url: service.listeners()[0]?.url ?? '',
    apiId: ref('Api'),
    answerWith: (next) => {
      answer = next;
    },
  };
};
