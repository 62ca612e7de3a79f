import { joinedText } from '../joined-text.ts';
import {
  finding,
  isObject,
  type Json,
  listOf,
  type Resource,
  type Rule,
  referredIn,
  type Template,
} from '../template.ts';

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

/** Functions that an ARN written out names without a qualifier: `…:function:<name>` and not `…:function:<name>:live`. */
const unqualifiedIn = (value: Json | undefined): readonly string[] => {
  const text = joinedText(value);
  if (text !== '{}') return [...text.matchAll(/:function:([\w-]+)(?![\w-]|:[\w$-])/g)].map(([, name = '']) => name);
  if (Array.isArray(value)) return value.flatMap(unqualifiedIn);
  return isObject(value) ? Object.values(value).flatMap(unqualifiedIn) : [];
};

/** What calls a function past its alias would not follow a shift of traffic. */
export const triggersCallTheAlias: Rule = (template) =>
  template.resources.flatMap((resource) => {
    const target = TARGETS[resource.type]?.(resource.properties);
    const referred = referredIn(target).filter((id) => isFunction(template, id));
    return [...referred, ...unqualifiedIn(target)].map((called) =>
      finding(template, resource, `calls ${called}, not its alias`),
    );
  });
