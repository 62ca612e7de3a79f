import { type MessageContract, messageContract, type QueryContract } from '../../functions/kernel/messages/contract.ts';
import type { Schema } from '../../functions/kernel/values/schema.ts';

/** An event that `service` publishes: `defineEvent('orders', 'OrderPlaced.v1', z.strictObject({…}), { orderId: '…' })`. */
export const defineEvent = <const Type extends string, Data>(
  service: string,
  type: Type,
  data: Schema<Data>,
  example?: NoInfer<Data>,
): MessageContract<Type, Data> =>
  messageContract({ kind: 'event', service, type, data, ...(example === undefined ? {} : { example }) });

/** A command that `service` takes from its queue `<service>-<kebab name>`. */
export const defineCommand = <const Type extends string, Data>(
  service: string,
  type: Type,
  data: Schema<Data>,
): MessageContract<Type, Data> => messageContract({ kind: 'command', service, type, data });

/** A question that `service` answers synchronously. */
export const defineQuery = <Request, Response>(
  service: string,
  type: string,
  request: Schema<Request>,
  response: Schema<Response>,
  about: Pick<QueryContract, 'caller'> = {},
): QueryContract<Request, Response> => ({ kind: 'query', service, type, request, response, ...about });
