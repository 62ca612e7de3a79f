import { productChangedV1 } from '../../../events/contracts/catalog/product-changed.v1.ts';
import type { Cause } from '../../kernel/messages/message.ts';
import type { RecordingTools } from '../../kernel/messages/recording.ts';
import type { Change } from '../../kernel/stores/aggregate.ts';
import { type Departure, outgoing } from '../../kernel/stores/outbox.ts';
import type { Product, ProductChanged } from '../domain/product.ts';

export const productMessages = (
  { events, version }: Change<ProductChanged, Product>,
  cause: Cause,
  tools: RecordingTools,
): readonly Departure[] =>
  events.map(({ sku, name, price }) => {
    const about = { aggregate: `product/${sku}`, version };
    return outgoing(productChangedV1, { ...about, data: { sku, name, price } }, cause, tools);
  });
