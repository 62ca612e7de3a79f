import { httpHandler } from '../../edge/http/handler.ts';
import { etag } from '../../kernel/values/etag.ts';
import { Secret } from '../../kernel/values/secret.ts';
import { ordersApi } from '../api.contract.ts';
import type { OrderChange } from '../commands/decide-order.ts';
import { placeOrder } from '../commands/place-order.ts';
import { requireView } from '../views/order-view.ts';
import { runtime, wirePlacing } from '../wiring.ts';

const ordersWithin = wirePlacing();

const bearerOf = ({ authorization }: Readonly<Record<string, string | undefined>>): Secret | undefined =>
  authorization === undefined ? undefined : new Secret(authorization.replace(/^bearer +/i, ''));

const accepted = ({ state, version }: OrderChange) => {
  const body = requireView(state, version);
  return { status: 202, body, headers: { location: `/orders/${body.id}`, etag: etag(version) } };
};

export const handler = httpHandler(
  ordersApi,
  'place-order',
  ({ body, principal, idempotencyKey, method, path, fingerprint, headers, cause, remainingMs }) =>
    placeOrder(
      ordersWithin(remainingMs),
      {
        request: { principal: principal.sub, method, path, key: idempotencyKey, fingerprint, remainingMs },
        userId: principal.sub,
        items: body.items,
        paymentToken: new Secret(body.paymentToken),
        caller: bearerOf(headers),
        cause,
      },
      accepted,
    ),
  runtime,
);
