import { productChangedV1 } from '../../../events/contracts/catalog/product-changed.v1.ts';
import { stockChangedV1 } from '../../../events/contracts/catalog/stock-changed.v1.ts';
import type { Cause } from '../../kernel/messages/message.ts';
import type { RecordingTools } from '../../kernel/messages/recording.ts';
import type { Change } from '../../kernel/stores/aggregate.ts';
import { announcement } from '../../kernel/stores/derived-messages.ts';
import { type Departure, outgoing } from '../../kernel/stores/outbox.ts';
import type { Product, ProductChanged } from '../domain/product.ts';
import type { SaysSo } from '../rows/product-rows.ts';

export const productMessages = (
  { events, version }: Change<ProductChanged, Product>,
  cause: Cause,
  tools: RecordingTools,
): readonly Departure[] =>
  events.map(({ sku, name, price }) => {
    const about = { aggregate: `product/${sku}`, version };
    return outgoing(productChangedV1, { ...about, data: { sku, name, price } }, cause, tools);
  });

/** What a change of a stock says by the row that it leaves. */
export const saysSo =
  (cause: Cause, tools: RecordingTools): SaysSo =>
  (sku) =>
    announcement(stockChangedV1, { aggregate: `stock/${sku}`, members: ['sku', 'available', 'version'] }, cause, tools);
