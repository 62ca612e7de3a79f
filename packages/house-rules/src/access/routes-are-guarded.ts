import { finding, listOf, ofType, type Resource, type Rule } from '../template.ts';

const asksForAScope = ({ properties }: Resource): boolean =>
  properties.AuthorizationType === 'JWT' && listOf(properties.AuthorizationScopes).length > 0;

const asksForASignature = ({ properties }: Resource): boolean => properties.AuthorizationType === 'AWS_IAM';

/** A route that is not public asks for a token with a scope or for a signature, and the authorizer for an audience. */
export const routesAreGuarded: Rule = (template, { publicRoutes }) => {
  const open = ofType(template, 'AWS::ApiGatewayV2::Route')
    .filter(({ properties }) => !publicRoutes[template.stack]?.includes(String(properties.RouteKey)))
    .filter((route) => !asksForAScope(route) && !asksForASignature(route))
    .map((route) => finding(template, route, `lets ${route.properties.RouteKey} in without scope or signature`));
  const lax = ofType(template, 'AWS::ApiGatewayV2::Authorizer')
    .filter(({ properties }) => !JSON.stringify(properties.JwtConfiguration ?? {}).includes('"Audience":[{'))
    .map((authorizer) => finding(template, authorizer, 'takes tokens for any audience'));
  return [...open, ...lax];
};
