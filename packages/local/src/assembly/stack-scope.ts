import type { Identity } from '../core/emulated-service.ts';
import { isObject, type Json, type JsonObject } from '../core/json.ts';
import { StartError } from '../core/start-error.ts';
import type { Stack } from './assembly.ts';
import type { Graph, Place } from './graph.ts';
import { evaluate } from './intrinsics.ts';
import { parameterValue } from './parameters.ts';
import type { PropertyPath, Scope } from './scope.ts';
import { ssmParameterValue } from './ssm-parameters.ts';
import { objectAt } from './values.ts';

const pseudoParameter = (name: string, stack: Stack, { account, region, partition }: Place): Json | undefined => {
  const values: Readonly<Record<string, Json>> = {
    'AWS::AccountId': account,
    'AWS::Region': region,
    'AWS::Partition': partition,
    'AWS::StackName': stack.name,
    'AWS::StackId': `arn:${partition}:cloudformation:${region}:${account}:stack/${stack.name}/00000000-0000-4000-8000-000000000000`,
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::NotificationARNs': [],
  };
  return values[name];
};

/** The value of an output, evaluated in the stack that declares it. */
const outputValue = (stack: Stack, output: JsonObject, scope: Scope, at: PropertyPath): Json => {
  const value = evaluate(output.Value ?? null, scope, at);
  if (value === undefined) throw new StartError('an output has no value', stack.file, 'synthesize again');
  return value;
};

export const stackScope = (graph: Graph, stack: Stack, where: string): Scope => {
  const missing = (what: string) =>
    new StartError(`${what} does not exist`, `${where} (${stack.file})`, 'correct the reference in the stack');
  const inStack = (other: Stack) => stackScope(graph, other, where);
  const identity = (logicalId: string, at: PropertyPath): Identity => {
    if (!graph.exists(stack, logicalId)) throw missing(`resource ${logicalId}`);
    return graph.identityOf(stack, logicalId, at);
  };
  const ssmParameter = (name: string, at: PropertyPath) => ssmParameterValue(graph, inStack, name, where, at);
  return {
    where,
    condition: (name) => graph.condition(stack, name),
    ssmParameter,
    ref: (name, at) => {
      if (name === 'AWS::NoValue') return undefined;
      const value =
        pseudoParameter(name, stack, graph.place) ?? parameterValue(stack, name, (ssm) => ssmParameter(ssm, at));
      return value ?? identity(name, at).ref;
    },
    attribute: (logicalId, attribute, at) => {
      const value = identity(logicalId, at).attributes[attribute];
      if (value === undefined) throw missing(`attribute ${attribute} of ${logicalId}`);
      return value;
    },
    mapping: (map, top, second) => {
      const value = objectAt(objectAt(stack.mappings, map), top)[second];
      if (value === undefined) throw missing(`${map}.${top}.${second} in the mappings`);
      return value;
    },
    importValue: (exportName, at) => {
      for (const other of graph.stacks) {
        for (const output of Object.values(other.outputs)) {
          const name = isObject(output) ? objectAt(output, 'Export').Name : undefined;
          if (name === undefined || !isObject(output)) continue;
          const scope = inStack(other);
          if (evaluate(name, scope, at) === exportName) return outputValue(other, output, scope, at);
        }
      }
      throw missing(`export ${exportName}`);
    },
    stackOutput: (stackName, outputName, at) => {
      const other = graph.stack(stackName);
      if (!other) throw missing(`stack ${stackName}`);
      const output = other.outputs[outputName];
      if (!isObject(output)) throw missing(`output ${outputName} of stack ${stackName}`);
      return outputValue(other, output, inStack(other), at);
    },
  };
};
