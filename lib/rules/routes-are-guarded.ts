import { finding, listOf, ofType, type Rule, type Template } from './template.ts';

/** The routes that show nobody's data, or data that is for everybody. */
const PUBLIC = ['/health/live', '/health/ready', '/openapi.json', '/products', '/products/{sku}'];

const isPublic = (routeKey: string): boolean => {
  const [method, path = ''] = routeKey.split(' ');
  return routeKey === '$default' || (method === 'GET' && PUBLIC.includes(path.replace(/^\/v1/, '')));
};

/** The stand-in of an outside company knows no token of ours. */
const STAND_IN = /-payment-provider$/;

/** Every other route asks for a token with a scope, and the authorizer for an audience. */
export const routesAreGuarded: Rule = (template: Template) => {
  if (STAND_IN.test(template.stack)) return [];
  const open = ofType(template, 'AWS::ApiGatewayV2::Route')
    .filter(({ properties }) => !isPublic(String(properties.RouteKey)))
    .filter(
      ({ properties }) => properties.AuthorizationType !== 'JWT' || listOf(properties.AuthorizationScopes).length === 0,
    )
    .map((route) => finding(template, route, `lets ${route.properties.RouteKey} in without a scope`));
  const lax = ofType(template, 'AWS::ApiGatewayV2::Authorizer')
    .filter(({ properties }) => !JSON.stringify(properties.JwtConfiguration ?? {}).includes('"Audience":[{'))
    .map((authorizer) => finding(template, authorizer, 'takes tokens for any audience'));
  return [...open, ...lax];
};
