import type { TemplateFile } from '@archipelago/house-rules';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { stageDelta } from '../support/stage-delta.ts';

type Resources = TemplateFile['Resources'];

const SUBSTITUTED = /^arn:\$\{AWS::Partition\}:<prefix>-<stack>-<function>$/;

const fn = (stage: string, name: string, properties: Record<string, number>) => ({
  Type: 'AWS::Lambda::Function',
  Properties: { FunctionName: `shop-${stage}-boats-${name}`, ...properties },
  Metadata: { 'aws:cdk:path': `shop-${stage}-boats/${name}/Function/Resource` },
});

const delta = (dev: Resources, prod: Resources, more: Partial<TemplateFile> = {}) =>
  parse(
    stageDelta(
      {
        prefix: 'shop-dev',
        templates: new Map([
          ['shop-dev-boats', { Resources: dev }],
          ['shop-dev-stand-in', { Resources: {} }],
        ]),
      },
      { prefix: 'shop-prod', templates: new Map([['shop-prod-boats', { Resources: prod, ...more }]]) },
    ),
  );

const dev = { Moor: fn('dev', 'moor-boat', { Timeout: 5 }), Sink: fn('dev', 'sink', { Timeout: 5 }) };

describe('the difference between stages', () => {
  it('names stacks that the other has not', () => {
    expect(delta(dev, dev)).toMatchObject({ 'stacks removed': ['stand-in'] });
  });

  it('does not count what the stages are called', () => {
    const prod = { Moor: fn('prod', 'moor-boat', { Timeout: 5 }), Sink: fn('prod', 'sink', { Timeout: 5 }) };
    expect(delta(dev, prod).differences).toEqual([]);
  });

  it('says once what several functions have in common', () => {
    const prod = { Moor: fn('prod', 'moor-boat', { Timeout: 9 }), Sink: fn('prod', 'sink', { Timeout: 9 }) };
    expect(delta(dev, prod).differences).toEqual([
      {
        in: { boats: 'moor-boat, sink' },
        at: '<construct>/Function/Resource',
        type: 'AWS::Lambda::Function',
        changed: { 'Properties.Timeout': '5 → 9' },
      },
    ]);
  });

  it('tells apart what only one of them has', () => {
    const prod = { Moor: fn('prod', 'moor-boat', { Timeout: 9 }), Sink: fn('prod', 'sink', { Timeout: 5, Memory: 1 }) };
    expect(delta(dev, prod).differences).toMatchObject([
      { in: { boats: 'moor-boat' }, changed: { 'Properties.Timeout': '5 → 9' } },
      { in: { boats: 'sink' }, changed: { 'Properties.Memory': 'absent → 1' } },
    ]);
  });

  it('shows what was added and removed, and outputs', () => {
    const prod = {
      Moor: fn('prod', 'moor-boat', { Timeout: 5 }),
      SailAlias0A1B2C3D: {
        Type: 'AWS::Lambda::Alias',
        Properties: { Arn: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':shop-prod-boats-sail']] } },
        Metadata: { 'aws:cdk:path': 'shop-prod-boats/sail/Alias' },
      },
    };
    expect(delta(dev, prod, { Outputs: { Url: { Value: 'https://x' } } }).differences).toEqual([
      expect.objectContaining({ changed: { Outputs: { from: 'absent', to: { Url: { Value: 'https://x' } } } } }),
      { in: { boats: 'sink' }, at: '<construct>/Function/Resource', removed: 'AWS::Lambda::Function' },
      {
        in: { boats: 'sail' },
        at: '<construct>/Alias',
        added: { Type: 'AWS::Lambda::Alias', Properties: { Arn: expect.stringMatching(SUBSTITUTED) } },
      },
    ]);
  });
});
