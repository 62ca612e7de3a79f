import { afterEach, describe, expect, it } from '@jest/globals';
import { type ScriptedAnswer, type ScriptedServer, startScriptedServer } from '../../support/scripted-server.ts';

Object.assign(process.env, {
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  SERVICE: 'gateway',
  STAGE: 'prod',
  PREFIX: 'fleet-prod',
});
const { handler } = await import('../../../functions/gateway/handlers/check-deployment.handler.ts');

const event = { DeploymentId: 'd-1', LifecycleEventHookExecutionId: 'hook-1' };
const deployment = {
  deploymentInfo: { applicationName: 'fleet-prod-boats', deploymentGroupName: 'fleet-prod-boats-get' },
};
const json = (body: object): ScriptedAnswer => ({ status: 200, body: JSON.stringify(body) });

let aws: ScriptedServer | undefined;

/** CodeDeploy's answer, the function's, and CodeDeploy's to the report. */
const awsAnswers = async (...answers: readonly ScriptedAnswer[]): Promise<ScriptedServer> => {
  aws = await startScriptedServer(...answers);
  process.env.AWS_ENDPOINT_URL = aws.url;
  return aws;
};

const reported = ({ requests }: ScriptedServer): unknown => JSON.parse(requests.at(-1)?.body ?? 'null');

const verdict = (status: string) => ({ deploymentId: 'd-1', lifecycleEventHookExecutionId: 'hook-1', status });

afterEach(async () => {
  await aws?.[Symbol.asyncDispose]();
});

describe('the hook before traffic is shifted', () => {
  it('sends a request to the function that is being deployed and lets it pass when it answers', async () => {
    const server = await awsAnswers(json(deployment), json({ statusCode: 401 }), json({}));
    await handler(event);
    const [asked, invoked, told] = server.requests;
    expect(asked?.headers['x-amz-target']).toBe('CodeDeploy_20141006.GetDeployment');
    expect(asked?.headers.authorization).toContain('/eu-central-1/codedeploy/aws4_request');
    expect(invoked?.path).toBe('/2015-03-31/functions/fleet-prod-boats-get/invocations');
    expect(invoked?.headers.authorization).toContain('/eu-central-1/lambda/aws4_request');
    expect(JSON.parse(invoked?.body ?? '')).toMatchObject({ version: '2.0', rawPath: '/smoke-check' });
    expect(told?.headers['x-amz-target']).toBe('CodeDeploy_20141006.PutLifecycleEventHookExecutionStatus');
    expect(reported(server)).toEqual(verdict('Succeeded'));
  });

  it.each([
    ['answers with a server error', json({ statusCode: 500 })],
    ['throws as it starts', json({ errorType: 'Error', errorMessage: 'environment: missing TABLE_NAME' })],
    ['cannot be invoked', { status: 403, body: '{"message":"not authorized"}' } as const],
    ['is cut off', 'drop' as const],
  ])('has a version rolled back that %s', async (_name, answer) => {
    const server = await awsAnswers(json(deployment), answer, json({}));
    await handler(event);
    expect(reported(server)).toEqual(verdict('Failed'));
  });

  it('has a deployment rolled back of which it cannot learn the function', async () => {
    const server = await awsAnswers({ status: 400, body: '{"__type":"DeploymentDoesNotExistException"}' }, json({}));
    await handler(event);
    expect(server.requests).toHaveLength(2);
    expect(reported(server)).toEqual(verdict('Failed'));
  });

  it('fails when CodeDeploy does not take its verdict, which stops the deployment as well', async () => {
    await awsAnswers(json(deployment), json({ statusCode: 200 }), { status: 500, body: '' });
    await expect(handler(event)).rejects.toThrow('codedeploy answers 500');
  });
});
