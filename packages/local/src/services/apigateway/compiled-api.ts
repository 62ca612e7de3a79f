import type { Caller } from '../../core/aws-call.ts';
import type { JsonObject } from '../../core/json.ts';
import { StartError } from '../../core/start-error.ts';
import type { World } from '../../core/world.ts';
import { createIamAuthorizer } from './authorize/iam-authorizer.ts';
import { type Authorize, createJwtAuthorizer } from './authorize/jwt-authorizer.ts';
import { compileAccessLog } from './request/context-variables.ts';
import type { Exchange } from './request/exchange.ts';
import { createRouteTable, type RouteTable } from './route-table.ts';
import type { Declarations, HttpApi, Integration, Route, Stage } from './state.ts';
import { createTokenBucket, type TokenBucket } from './token-bucket.ts';

export interface CompiledRoute {
  readonly routeKey: string;
  readonly integration: Integration;
  /** Absent for AuthorizationType NONE. */
  readonly authorize: Authorize | undefined;
  readonly throttle: TokenBucket | undefined;
  /** For the journal of invocations: `apigateway GET /users/{id}`. */
  readonly source: string;
}

/** A route of a stage. */
export interface StageRoute extends CompiledRoute {
  /** Who invokes the function to a request of this method. */
  readonly callerFor: (method: string) => Caller;
}

export interface CompiledStage {
  readonly name: string;
  readonly variables: JsonObject | undefined;
  readonly routes: RouteTable<StageRoute>;
  readonly accessLog: ((exchange: Exchange) => string) | undefined;
}

export interface CompiledApi {
  readonly api: HttpApi;
  readonly defaultStage: CompiledStage | undefined;
  readonly namedStages: ReadonlyMap<string, CompiledStage>;
}

const lacking = ({ stack, logicalId }: HttpApi, { routeKey }: Route, what: string): Error =>
  new StartError(
    `route ${routeKey} ${what}`,
    `API ${logicalId} of stack ${stack}`,
    'add it to the templates of the assembly, or correct the route',
  );

const authorizeOf = (world: World, declared: Declarations, api: HttpApi, route: Route): Authorize | undefined => {
  if (route.authorizationType === 'NONE') return undefined;
  if (route.authorizationType === 'AWS_IAM') return createIamAuthorizer(world);
  const authorizer = declared.authorizers.get(route.authorizerId ?? '');
  if (!authorizer) throw lacking(api, route, `names the authorizer ${route.authorizerId}, which is not there`);
  return createJwtAuthorizer(world, authorizer)(route.scopes);
};

/** DefaultRouteSettings give each route without settings of its own a bucket of this size, not one bucket for all. */
const throttleOf = (world: World, stage: Stage, routeKey: string): TokenBucket | undefined => {
  const settings = stage.throttleByRouteKey.get(routeKey) ?? stage.defaultThrottle;
  return settings && createTokenBucket(settings, world.clock);
};

/** `arn:…:execute-api:…:<api>/<stage>/<METHOD>/<path of the route>`, or `…/<stage>/$default`. */
const callerOf = ({ partition, region, account }: World, { id }: HttpApi, stage: string, routeKey: string) => {
  const prefix = `arn:${partition}:execute-api:${region}:${account}:${id}/${stage}`;
  const [, path] = routeKey.split(' ');
  const by = (route: string): Caller => ({ principal: 'apigateway.amazonaws.com', sourceArn: `${prefix}/${route}` });
  return (method: string): Caller => by(path === undefined ? routeKey : `${method}${path}`);
};

export const compileApi = (world: World, declared: Declarations, api: HttpApi): CompiledApi => {
  const routes = [...declared.routes.values()].filter(({ apiId }) => apiId === api.id);
  const shared = routes.map((route) => {
    const integration = declared.integrations.get(route.integrationId);
    if (!integration) throw lacking(api, route, 'has no integration that is emulated');
    const { routeKey } = route;
    return {
      routeKey,
      integration,
      authorize: authorizeOf(world, declared, api, route),
      source: `apigateway ${routeKey}`,
    };
  });
  const stages = [...declared.stages.values()].filter(({ apiId }) => apiId === api.id);
  const compiled = stages.map(
    (stage): CompiledStage => ({
      name: stage.name,
      variables: stage.variables,
      accessLog: stage.accessLogFormat === undefined ? undefined : compileAccessLog(stage.accessLogFormat),
      routes: createRouteTable(
        shared.map(
          (route) =>
            [
              route.routeKey,
              {
                ...route,
                throttle: throttleOf(world, stage, route.routeKey),
                callerFor: callerOf(world, api, stage.name, route.routeKey),
              },
            ] as const,
        ),
      ),
    }),
  );
  return {
    api,
    defaultStage: compiled.find(({ name }) => name === '$default'),
    namedStages: new Map(compiled.filter(({ name }) => name !== '$default').map((stage) => [stage.name, stage])),
  };
};
