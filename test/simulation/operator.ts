import type { Stage } from './stage.ts';

const SIGNING_NAMES: Readonly<Record<string, string>> = { AmazonSQS: 'sqs', AWSEvents: 'events' };

/** A call to AWS by an operator: `AmazonSQS.ListQueues`. Throws when it is refused. */
export const callAws = async <T>({ simulation }: Stage, target: string, input: object): Promise<T> => {
  const service = SIGNING_NAMES[target.split('.')[0] ?? ''];
  const { status, body } = await simulation.request({
    method: 'POST',
    url: simulation.world.endpointUrl(),
    headers: {
      'x-amz-target': target,
      'content-type': 'application/x-amz-json-1.0',
      authorization: `AWS4-HMAC-SHA256 Credential=operator/20261101/us-east-1/${service}/aws4_request`,
    },
    body: JSON.stringify(input),
  });
  if (status !== 200) throw new Error(`${target} answered ${status} ${body}`);
  return JSON.parse(body || '{}');
};
