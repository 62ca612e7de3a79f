import { releaseStockV1 } from '../../../events/contracts/catalog/release-stock.v1.ts';
import { queueHandler } from '../../edge/messages/queue.ts';
import { releaseStock } from '../commands/decide-reservation.ts';
import { runtime, wireCatalog } from '../wiring.ts';

const catalog = wireCatalog();

export const handler = queueHandler(
  [releaseStockV1],
  (message) => releaseStock(catalog, message, message.data.orderId),
  runtime,
);
