import { productChangedV1 } from '../../../events/contracts/catalog/product-changed.v1.ts';
import { stockRejectedV1 } from '../../../events/contracts/catalog/stock-rejected.v1.ts';
import { stockReleasedV1 } from '../../../events/contracts/catalog/stock-released.v1.ts';
import { stockReservedV1 } from '../../../events/contracts/catalog/stock-reserved.v1.ts';
import type { Cause, Message } from '../../kernel/messages/message.ts';
import { type RecordingTools, record } from '../../kernel/messages/recording.ts';
import { never } from '../../kernel/values/never.ts';
import type { ProductChanged } from '../domain/product.ts';
import type { ReservationEvent } from '../domain/reservation.ts';

export const productMessage = (
  { sku, name, price }: ProductChanged,
  version: number,
  cause: Cause,
  tools: RecordingTools,
): Message =>
  record(productChangedV1, { aggregate: `product/${sku}`, version, data: { sku, name, price } }, cause, tools);

export const reservationMessage = (
  orderId: string,
  event: ReservationEvent,
  version: number,
  cause: Cause,
  tools: RecordingTools,
): Message => {
  const about = { aggregate: `reservation/${orderId}`, version };
  switch (event.type) {
    case 'StockReserved':
      return record(stockReservedV1, { ...about, data: { orderId, items: [...event.lines] } }, cause, tools);
    case 'StockRejected':
      return record(
        stockRejectedV1,
        { ...about, data: { orderId, unavailable: [...event.unavailable] } },
        cause,
        tools,
      );
    case 'StockReleased':
      return record(stockReleasedV1, { ...about, data: { orderId, items: [...event.lines] } }, cause, tools);
    default:
      return never(event);
  }
};
