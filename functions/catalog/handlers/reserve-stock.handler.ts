import { reserveStockV1 } from '../../../events/contracts/catalog/reserve-stock.v1.ts';
import { queueHandler } from '../../edge/messages/queue.ts';
import { reserveStock } from '../commands/decide-reservation.ts';
import { runtime, wireOwnQueue, wireStock } from '../wiring.ts';

const stockWithin = wireStock();

export const handler = queueHandler(
  [reserveStockV1],
  (message, { remainingMs }) =>
    reserveStock(stockWithin(remainingMs), message, message.data.orderId, message.data.items),
  runtime,
  wireOwnQueue(),
);
