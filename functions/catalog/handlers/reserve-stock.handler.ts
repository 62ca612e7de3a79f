import { reserveStockV1 } from '../../../events/contracts/catalog/reserve-stock.v1.ts';
import { queueHandler } from '../../edge/messages/queue.ts';
import { reserveStock } from '../commands/decide-reservation.ts';
import { runtime, wireCatalog } from '../wiring.ts';

const catalog = wireCatalog();

export const handler = queueHandler(
  [reserveStockV1],
  (message) => reserveStock(catalog, message, message.data.orderId, message.data.items),
  runtime,
);
