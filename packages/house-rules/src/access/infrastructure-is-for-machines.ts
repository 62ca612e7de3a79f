import { functionBehind } from '../messages/mappings.ts';
import { byId, finding, ofType, type Resource, type Rule, referredIn, type Template } from '../template.ts';
import { grantsIn } from './statements.ts';

/** What changes where calls go, what runs, or who may do what; not what a service does with its own data. */
const CHANGES_INFRASTRUCTURE = [
  /^servicediscovery:(?!Discover|Get|List)/,
  /^lambda:(?!Invoke|Get|List)/,
  /^events:(?!PutEvents$|Describe|List)/,
  /^(apigateway|cloudformation|codedeploy|cognito-idp|ecs|iam|route53|sts):/,
];

const actionsOf = (template: Template, fn: Resource | undefined): readonly string[] => {
  const [role] = referredIn(fn?.properties.Role);
  return grantsIn(template)
    .filter(({ resource }) => resource.logicalId === role || referredIn(resource.properties.Roles).includes(role ?? ''))
    .flatMap(({ actions }) => actions);
};

/** A route whose function may change infrastructure takes requests that machines sign, and no person's token. */
export const infrastructureIsForMachines: Rule = (template) =>
  ofType(template, 'AWS::ApiGatewayV2::Route')
    .filter(({ properties }) => properties.AuthorizationType !== 'AWS_IAM')
    .flatMap((route) => {
      const integration = byId(template, referredIn(route.properties.Target)[0]);
      const fn = functionBehind(template, integration?.properties.IntegrationUri);
      return actionsOf(template, fn)
        .filter((action) => CHANGES_INFRASTRUCTURE.some((pattern) => pattern.test(action)))
        .map((action) => finding(template, route, `lets ${route.properties.RouteKey} reach ${action} without IAM`));
    });
