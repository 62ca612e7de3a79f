import { releaseStockV1 } from '../../../events/contracts/catalog/release-stock.v1.ts';
import { queueHandler } from '../../edge/messages/queue.ts';
import { release } from '../commands/decide-reservation.ts';
import { runtime, wireCatalog } from '../wiring.ts';

const catalog = wireCatalog();

export const handler = queueHandler(
  [releaseStockV1],
  (message) => release(catalog, message, message.data.orderId),
  runtime,
);
