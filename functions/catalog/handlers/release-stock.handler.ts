import { releaseStockV1 } from '../../../events/contracts/catalog/release-stock.v1.ts';
import { queueHandler } from '../../edge/messages/queue.ts';
import { releaseStock } from '../commands/decide-reservation.ts';
import { runtime, wireOwnQueue, wireStock } from '../wiring.ts';

const stockWithin = wireStock();

export const handler = queueHandler(
  [releaseStockV1],
  (message, { remainingMs }) => releaseStock(stockWithin(remainingMs), message, message.data.orderId),
  runtime,
  wireOwnQueue(),
);
