import { joinedText } from '../joined-text.ts';
import { byId, finding, ofType, type Resource, type Rule, referredIn, type Template } from '../template.ts';

/** Logical ids of what the `$default` route calls: the one that any path may reach. */
const calledByDefault = (template: Template): readonly string[] =>
  ofType(template, 'AWS::ApiGatewayV2::Route')
    .filter(({ properties }) => properties.RouteKey === '$default')
    .flatMap(({ properties }) => referredIn(properties.Target))
    .flatMap((integration) => referredIn(byId(template, integration)?.properties.IntegrationUri));

/** `…:<api>/<stage>/<method>/<path>` without a path: every route of the API. */
const coversEveryRoute = ({ properties }: Resource): boolean =>
  properties.Principal === 'apigateway.amazonaws.com' && /(:|\/\*)\/\*$|:\*$/.test(joinedText(properties.SourceArn));

/** The gateway may call a function on behalf of the routes that lead to it, and of no other. */
export const gatewaysCallByRoute: Rule = (template) => {
  const anyPath = calledByDefault(template);
  return ofType(template, 'AWS::Lambda::Permission')
    .filter(coversEveryRoute)
    .filter(({ properties }) => !referredIn(properties.FunctionName).some((id) => anyPath.includes(id)))
    .map((permission) => finding(template, permission, 'lets in every route of the API'));
};
