import { stockRejectedV1 } from '../../../events/contracts/catalog/stock-rejected.v1.ts';
import { stockReleasedV1 } from '../../../events/contracts/catalog/stock-released.v1.ts';
import { stockReservedV1 } from '../../../events/contracts/catalog/stock-reserved.v1.ts';
import type { Cause } from '../../kernel/messages/message.ts';
import type { RecordingTools } from '../../kernel/messages/recording.ts';
import type { Change } from '../../kernel/stores/aggregate.ts';
import { type OutboxMessage, outgoing } from '../../kernel/stores/outbox.ts';
import { never } from '../../kernel/values/never.ts';
import type { Reservation, ReservationEvent } from '../domain/reservation.ts';

export const reservationMessages = (
  orderId: string,
  { events, version }: Change<ReservationEvent, Reservation>,
  cause: Cause,
  tools: RecordingTools,
): readonly OutboxMessage[] => {
  const about = { aggregate: `reservation/${orderId}`, version };
  return events.map((event) => {
    switch (event.type) {
      case 'StockReserved':
        return outgoing(stockReservedV1, { ...about, data: { orderId, items: [...event.lines] } }, cause, tools);
      case 'StockRejected': {
        const data = { orderId, unavailable: [...event.unavailable] };
        return outgoing(stockRejectedV1, { ...about, data }, cause, tools);
      }
      case 'StockReleased':
        return outgoing(stockReleasedV1, { ...about, data: { orderId, items: [...event.lines] } }, cause, tools);
      default:
        return never(event);
    }
  });
};
