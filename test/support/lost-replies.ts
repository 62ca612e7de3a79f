import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/**
 * Loses the replies of a client's next `times` requests after they took effect, as a broken connection does; the SDK
 * repeats such a request. `meanwhile` is what others do before it does.
 */
export const loseReplies = (client: DynamoDBClient, times: number, meanwhile?: () => Promise<unknown>): void => {
  let left = times;
  client.middlewareStack.add(
    (next) => async (call) => {
      const answer = await next(call).catch((thrown: unknown) => {
        if (left === 0) throw thrown;
        return undefined;
      });
      left -= 1;
      if (left < 0 && answer !== undefined) return answer;
      await meanwhile?.();
      throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError', $metadata: {} });
    },
    { step: 'deserialize', name: 'loseReplies', override: true },
  );
};
