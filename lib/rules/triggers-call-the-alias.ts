import { finding, type Json, listOf, type Resource, type Rule, referredIn, type Template } from './template.ts';

/** Where each kind of trigger names the function that it calls. */
const TARGETS: Readonly<Record<string, (properties: Resource['properties']) => Json | undefined>> = {
  'AWS::ApiGatewayV2::Integration': ({ IntegrationUri }) => IntegrationUri,
  'AWS::Events::Rule': ({ Targets }) => listOf(Targets),
  'AWS::Lambda::EventSourceMapping': ({ FunctionName }) => FunctionName,
  'AWS::Lambda::Permission': ({ FunctionName }) => FunctionName,
  'AWS::Lambda::Url': ({ TargetFunctionArn, Qualifier }) => (Qualifier === undefined ? TargetFunctionArn : null),
};

const isFunction = ({ resources }: Template, id: string): boolean =>
  resources.some(({ logicalId, type }) => logicalId === id && type === 'AWS::Lambda::Function');

/** What calls a function past its alias would not follow a shift of traffic. */
export const triggersCallTheAlias: Rule = (template) =>
  template.resources.flatMap((resource) =>
    referredIn(TARGETS[resource.type]?.(resource.properties))
      .filter((id) => isFunction(template, id))
      .map((id) => finding(template, resource, `calls ${id}, not its alias`)),
  );
