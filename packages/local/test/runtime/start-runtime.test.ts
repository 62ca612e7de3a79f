import { afterEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../src/core/json.ts';
import { type Runtime, type RuntimeOptions, startRuntime } from '../../src/runtime/start-runtime.ts';
import { createIamService } from '../../src/services/iam/service.ts';
import { writeAssembly } from '../assembly/written-assembly.ts';
import { fakeThings } from './fake-services.ts';

let runtime: Runtime | undefined;
afterEach(() => runtime?.stop());

const startWith = async (resources: JsonObject, options: Partial<RuntimeOptions> = {}) => {
  const assemblyFolder = writeAssembly({ Shop: { template: { Resources: resources } } });
  runtime = await startRuntime({ assemblyFolder, ...options });
  return runtime;
};

const thing = (properties: JsonObject = {}) => ({ Type: 'Test::Thing', Properties: properties });

describe('starting an assembly', () => {
  it('binds every listener, then creates in order of dependence, then starts the services', async () => {
    const { services, happened } = fakeThings();
    await startWith({ A: thing({ Uses: { Ref: 'B' } }), B: thing() }, { services });
    expect(happened).toEqual(['bind A', 'bind B', 'create B', 'create A', 'start']);
  });

  it('lists every type and property that has no effect, with its reason', async () => {
    const { services } = fakeThings();
    const { coverage } = await startWith(
      { A: thing({ Name: 'a', Colour: 'red', Weight: 3 }), Spare: { Type: 'AWS::SNS::Topic' } },
      { services },
    );
    expect(coverage.types).toEqual([{ stack: 'Shop', logicalId: 'Spare', type: 'AWS::SNS::Topic' }]);
    expect(coverage.properties).toEqual([
      { type: 'Test::Thing', path: 'Colour', kind: 'notEmulated', reason: 'nobody sees it', resources: ['Shop/A'] },
      { type: 'Test::Thing', path: 'Weight', kind: 'unknown', reason: 'unknown to the runtime', resources: ['Shop/A'] },
    ]);
    expect([coverage.resources, coverage.settings, coverage.honoured]).toEqual([2, 3, 1]);
  });

  it('refuses an unknown resource that something uses, naming both', async () => {
    const { services } = fakeThings();
    const starting = startWith(
      { A: thing({ Uses: [{ Ref: 'Topic' }] }), Topic: { Type: 'AWS::SNS::Topic' } },
      { services },
    );
    await expect(starting).rejects.toThrow(/Topic \(AWS::SNS::Topic, stack Shop\), which A needs for Uses/);
  });

  it('starts when only a policy, or a property without effect, mentions the unknown resource', async () => {
    const { services } = fakeThings();
    const Policy = {
      Type: 'AWS::IAM::Policy',
      Properties: {
        PolicyName: 'p',
        PolicyDocument: {
          Statement: [{ Effect: 'Allow', Action: 'sns:Publish', Resource: { 'Fn::GetAtt': ['Topic', 'TopicArn'] } }],
        },
      },
    };
    const started = await startWith(
      { A: thing({ Colour: { Ref: 'Topic' } }), Policy, Topic: { Type: 'AWS::SNS::Topic' } },
      { services: (world, options) => [...services(world, options), createIamService(world)] },
    );
    expect(started.coverage.types.map(({ logicalId }) => logicalId)).toEqual(['Topic']);
  });

  it('closes what it opened when it fails half way', async () => {
    const { services } = fakeThings();
    let stopped = false;
    const failing: RuntimeOptions['services'] = (world, options) => {
      world.onStop('probe', () => {
        stopped = true;
      });
      return services(world, options);
    };
    await expect(startWith({ A: thing({ Uses: { Ref: 'Nobody' } }) }, { services: failing })).rejects.toThrow('Nobody');
    expect(stopped).toBe(true);
  });
});
