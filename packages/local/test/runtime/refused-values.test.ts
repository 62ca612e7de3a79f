import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../src/core/json.ts';
import { startRuntime } from '../../src/runtime/start-runtime.ts';
import { writeAssembly } from '../assembly/written-assembly.ts';

const start = (Type: string, Properties: JsonObject) =>
  startRuntime({
    assemblyFolder: writeAssembly({ Shop: { template: { Resources: { Wrong: { Type, Properties } } } } }),
  });

const RULE = 'AWS::Events::Rule';
const ARN = 'arn:aws:sns:us-east-1:000000000000:topic';

describe('a value that AWS refuses', () => {
  it.each([
    [RULE, { EventPattern: { source: 'orders' } }, /Wrong: Event pattern/],
    [RULE, { EventPattern: { source: [{ nope: 1 }] } }, /Wrong: Event pattern/],
    [RULE, { ScheduleExpression: 'rate(1 minutes)' }, /Wrong: /],
    [RULE, {}, /Wrong: Parameter\(s\) EventPattern or ScheduleExpression/],
    [RULE, { EventPattern: { source: ['a'] }, Targets: [{ Id: 't', Arn: ARN }] }, /target t is not emulated: .*sns/],
    ['AWS::Events::Archive', { SourceArn: ARN, EventPattern: { source: 'orders' } }, /Wrong: Event pattern/],
    ['AWS::SQS::Queue', { QueueName: 'no name' }, /Wrong: Can only include alphanumeric/],
  ])('is refused at the start with its place: %s %j', async (type, properties: JsonObject, message) => {
    const refused = await start(type, properties).catch((error: unknown) => String(error));
    expect(refused).toMatch(message);
    expect(refused).toContain(`where: ${type} Wrong of stack Shop`);
    expect(refused).toContain('what to do: ');
  });
});
