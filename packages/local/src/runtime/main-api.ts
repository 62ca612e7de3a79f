import type { Stack } from '../assembly/assembly.ts';
import type { ExistingResource } from '../assembly/resource-graph.ts';
import { objectAt } from '../assembly/values.ts';
import { isObject, type Json } from '../core/json.ts';

const HTTP_API = 'AWS::ApiGatewayV2::Api';
const ROUTE = 'AWS::ApiGatewayV2::Route';

/** `stack/logicalId` of the resource that a plain reference names, through one stack output; else undefined. */
const referredTo = (value: Json | undefined, stack: Stack, stacks: readonly Stack[]): string | undefined => {
  if (!isObject(value)) return undefined;
  if (typeof value.Ref === 'string') return `${stack.name}/${value.Ref}`;
  const { StackName, OutputName } = objectAt(value, 'Fn::GetStackOutput');
  const other = stacks.find(({ name }) => name === StackName);
  const output = other?.outputs[String(OutputName)];
  return other && isObject(output) ? referredTo(output.Value, other, stacks) : undefined;
};

/** The HTTP API with the most routes: the one a person means by "the API" of an assembly that holds several. */
export const mainApiOf = (existing: readonly ExistingResource[], stacks: readonly Stack[]): string | undefined => {
  const routes = new Map<string, number>();
  for (const { stack, logicalId, written } of existing) {
    if (written.type === HTTP_API) routes.set(`${stack.name}/${logicalId}`, 0);
  }
  for (const { stack, written } of existing) {
    const api = written.type === ROUTE ? referredTo(written.properties.ApiId, stack, stacks) : undefined;
    if (api !== undefined) routes.set(api, (routes.get(api) ?? 0) + 1);
  }
  return [...routes].sort((a, b) => b[1] - a[1])[0]?.[0];
};
