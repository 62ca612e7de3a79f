import { stockRejectedV1 } from '../../../events/contracts/catalog/stock-rejected.v1.ts';
import { stockReleasedV1 } from '../../../events/contracts/catalog/stock-released.v1.ts';
import { stockReservedV1 } from '../../../events/contracts/catalog/stock-reserved.v1.ts';
import type { Cause } from '../../kernel/messages/message.ts';
import type { RecordingTools } from '../../kernel/messages/recording.ts';
import type { Change } from '../../kernel/stores/aggregate.ts';
import { type Departure, outgoing } from '../../kernel/stores/outbox.ts';
import { never } from '../../kernel/values/never.ts';
import type { Reservation, ReservationCommand, ReservationEvent } from '../domain/reservation.ts';

/** What a command comes to that changed nothing: the answer to one that was answered before. */
const answerAgain = (asked: ReservationCommand['type'], state: Reservation): readonly ReservationEvent[] => {
  if (asked === 'ReleaseStock') return state.kind === 'released' ? [{ type: 'StockReleased', lines: [] }] : [];
  switch (state.kind) {
    case 'none':
      return [];
    case 'held':
      return [{ type: 'StockReserved', lines: state.lines }];
    case 'rejected':
      return [{ type: 'StockRejected', unavailable: state.unavailable }];
    case 'released':
      return [{ type: 'StockRejected', unavailable: [] }];
    default:
      return never(state);
  }
};

interface Answered extends Pick<Change<ReservationEvent, Reservation>, 'events' | 'state' | 'version'> {
  readonly orderId: string;
  readonly asked: ReservationCommand['type'];
}

/** A command is answered every time: by what it changed, or by what is settled already. */
export const reservationMessages = (
  { orderId, asked, events, state, version }: Answered,
  cause: Cause,
  tools: RecordingTools,
): readonly Departure[] => {
  const about = { aggregate: `reservation/${orderId}`, version };
  return (events.length > 0 ? events : answerAgain(asked, state)).map((event) => {
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
