import { describe, expect, it } from '@jest/globals';
import { readAssembly } from '../../src/assembly/read-assembly.ts';
import { createResourceGraph } from '../../src/assembly/resource-graph.ts';
import type { ResourceType } from '../../src/core/emulated-service.ts';
import type { Json, JsonObject } from '../../src/core/json.ts';
import { type WrittenStack, writeAssembly } from './written-assembly.ts';

const place = { account: '000000000000', region: 'us-east-1', partition: 'aws' };

/** Its Ref is its name, its Arn is made of it, and whatever it was given can be read back. */
const thing = (type: string): ResourceType => ({
  type,
  honoured: ['Name', 'Value'],
  identify: ({ logicalId, properties }) => {
    const name = typeof properties.Name === 'string' ? properties.Name : logicalId.toLowerCase();
    return { ref: name, attributes: { Arn: `arn:thing:${name}`, 'Endpoint.Port': '443' } };
  },
});

const types = new Map(['Test::Thing', 'AWS::SSM::Parameter'].map((type) => [type, thing(type)]));

const resolveStacks = (stacks: Readonly<Record<string, WrittenStack>>) =>
  createResourceGraph(readAssembly(writeAssembly(stacks)), types, place).resolve();

const Target = { Type: 'Test::Thing', Properties: { Name: 'target' } };

/** Resolves one value in a stack that has a `Target` and whatever else the template holds. */
const resolved = (value: Json, template: JsonObject = {}, properties: JsonObject = {}): Json | undefined => {
  const Resources = { Asking: { Type: 'Test::Thing', Properties: { Value: value } }, Target };
  const { resources } = resolveStacks({ Shop: { template: { ...template, Resources }, properties } });
  return resources.find(({ logicalId }) => logicalId === 'Asking')?.properties.Value;
};

describe('intrinsics of one stack', () => {
  it.each<[string, Json, Json]>([
    ['Ref', { Ref: 'Target' }, 'target'],
    ['Ref of a pseudo parameter', { Ref: 'AWS::AccountId' }, '000000000000'],
    ['the stack name', { Ref: 'AWS::StackName' }, 'Shop'],
    ['GetAtt as a list', { 'Fn::GetAtt': ['Target', 'Arn'] }, 'arn:thing:target'],
    ['GetAtt as a text', { 'Fn::GetAtt': 'Target.Arn' }, 'arn:thing:target'],
    ['GetAtt of a nested attribute', { 'Fn::GetAtt': ['Target', 'Endpoint.Port'] }, '443'],
    [
      'Sub',
      { 'Fn::Sub': `\${AWS::Region}/\${Target}/\${Target.Arn}/\${!Kept}` },
      `us-east-1/target/arn:thing:target/\${Kept}`,
    ],
    ['Sub with variables', { 'Fn::Sub': [`\${a}-\${Target}`, { a: { Ref: 'AWS::Partition' } }] }, 'aws-target'],
    ['Join', { 'Fn::Join': ['-', ['a', { Ref: 'Target' }, 1]] }, 'a-target-1'],
    ['Split and Select', { 'Fn::Select': [2, { 'Fn::Split': [':', { 'Fn::GetAtt': ['Target', 'Arn'] }] }] }, 'target'],
    ['Base64', { 'Fn::Base64': { Ref: 'Target' } }, 'dGFyZ2V0'],
    ['ToJsonString', { 'Fn::ToJsonString': { a: [{ Ref: 'Target' }] } }, '{"a":["target"]}'],
    ['lists and objects around them', [{ deep: { Ref: 'Target' } }, 7, true], [{ deep: 'target' }, 7, true]],
    ['AWS::NoValue, which takes the property away', { a: { Ref: 'AWS::NoValue' }, b: 1 }, { b: 1 }],
  ])('resolves %s', (_name, value, expected) => {
    expect(resolved(value)).toEqual(expected);
  });

  it('looks values up in the mappings', () => {
    const Mappings = { Sizes: { 'us-east-1': { memory: 512 } } };
    expect(resolved({ 'Fn::FindInMap': ['Sizes', { Ref: 'AWS::Region' }, 'memory'] }, { Mappings })).toBe(512);
  });

  it('chooses by condition, with And, Or, Not and Equals', () => {
    const Conditions = {
      Here: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] },
      There: { 'Fn::Not': [{ Condition: 'Here' }] },
      Either: { 'Fn::Or': [{ Condition: 'There' }, { 'Fn::And': [{ Condition: 'Here' }, { Condition: 'Here' }] }] },
    };
    const chosen = (name: string) => resolved({ 'Fn::If': [name, 'yes', { Ref: 'AWS::NoValue' }] }, { Conditions });
    expect([chosen('Here'), chosen('There'), chosen('Either')]).toEqual(['yes', undefined, 'yes']);
  });

  it('takes a parameter from the manifest before the default of the template', () => {
    const Parameters = {
      Stage: { Type: 'String', Default: 'dev' },
      Zones: { Type: 'CommaDelimitedList', Default: 'a, b' },
    };
    expect(resolved([{ Ref: 'Stage' }, { Ref: 'Zones' }], { Parameters })).toEqual(['dev', ['a', 'b']]);
    expect(resolved({ Ref: 'Stage' }, { Parameters }, { parameters: { Stage: 'prod' } })).toBe('prod');
  });

  it('names parameter, stack and file when a parameter has no value', () => {
    const Parameters = { Stage: { Type: 'String' } };
    expect(() => resolved({ Ref: 'Stage' }, { Parameters })).toThrow(
      /parameter Stage of stack Shop[\s\S]*template\.json/,
    );
  });

  it('names the missing resource and who asks for it', () => {
    expect(() => resolved({ Ref: 'Nobody' })).toThrow(/resource Nobody does not exist[\s\S]*Shop\/Asking/);
    expect(() => resolved({ 'Fn::GetAtt': ['Target', 'Colour'] })).toThrow(/attribute Colour of Target/);
  });

  it('refuses an intrinsic that it does not know, by name', () => {
    expect(() => resolved({ 'Fn::Cidr': ['10.0.0.0/16', 2] })).toThrow(/Fn::Cidr is not emulated[\s\S]*property Value/);
  });
});

describe('references between stacks', () => {
  const target = { Outputs: { Out: { Value: { 'Fn::GetAtt': ['Target', 'Arn'] }, Export: { Name: 'shared' } } } };
  const asking = (value: Json) => ({
    template: { Resources: { Asking: { Type: 'Test::Thing', Properties: { Value: value } } } },
  });
  const owner = { template: { ...target, Resources: { Target } }, properties: { stackName: 'dev-owner' } };

  it.each<[string, Json]>([
    ['weak references', { 'Fn::GetStackOutput': { StackName: 'dev-owner', OutputName: 'Out' } }],
    ['exports', { 'Fn::ImportValue': 'shared' }],
  ])('resolves %s and creates the owner first', (_name, value) => {
    const { resources } = resolveStacks({ Asker: asking(value), Owner: owner });
    expect(resources.map(({ logicalId }) => logicalId)).toEqual(['Target', 'Asking']);
    expect(resources[1]?.properties.Value).toBe('arn:thing:target');
  });

  it('reads SSM parameters that another stack creates, as parameter type and as dynamic reference', () => {
    const parameter = { Type: 'AWS::SSM::Parameter', Properties: { Name: '/shop/url', Value: { Ref: 'Target' } } };
    const Parameters = { Url: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/shop/url' } };
    const value = [{ Ref: 'Url' }, 'at {{resolve:ssm:/shop/url:1}}'];
    const { resources } = resolveStacks({
      Asker: { template: { ...asking(value).template, Parameters } },
      Owner: { template: { Resources: { Target, parameter } } },
    });
    expect(resources.find(({ logicalId }) => logicalId === 'Asking')?.properties.Value).toEqual([
      'target',
      'at target',
    ]);
  });
});

describe('order', () => {
  it('follows DependsOn', () => {
    const Resources = {
      A: { Type: 'Test::Thing', DependsOn: ['B'] },
      B: { Type: 'Test::Thing', DependsOn: 'C' },
      C: { Type: 'Test::Thing' },
    };
    const { resources } = resolveStacks({ Shop: { template: { Resources } } });
    expect(resources.map(({ logicalId }) => logicalId)).toEqual(['C', 'B', 'A']);
  });

  it('names every resource of a circle', () => {
    const Resources = {
      A: { Type: 'Test::Thing', Properties: { Value: { Ref: 'B' } } },
      B: { Type: 'Test::Thing', Properties: { Value: { 'Fn::Sub': `\${A.Arn}` } } },
    };
    expect(() => resolveStacks({ Shop: { template: { Resources } } })).toThrow('Shop/A → Shop/B → Shop/A');
  });

  it('leaves out a resource whose condition does not hold', () => {
    const Resources = { A: { Type: 'Test::Thing', Condition: 'Never' }, B: { Type: 'Test::Thing' } };
    const Conditions = { Never: { 'Fn::Equals': ['a', 'b'] } };
    const { resources } = resolveStacks({ Shop: { template: { Resources, Conditions } } });
    expect(resources.map(({ logicalId }) => logicalId)).toEqual(['B']);
  });
});
