import { productChangedV1 } from '../../events/contracts/catalog/product-changed.v1.ts';
import { quoteItemsV1 } from '../../events/contracts/catalog/quote-items.v1.ts';
import { releaseStockV1 } from '../../events/contracts/catalog/release-stock.v1.ts';
import { reserveStockV1 } from '../../events/contracts/catalog/reserve-stock.v1.ts';
import { stockChangedV1 } from '../../events/contracts/catalog/stock-changed.v1.ts';
import { stockRejectedV1 } from '../../events/contracts/catalog/stock-rejected.v1.ts';
import { stockReleasedV1 } from '../../events/contracts/catalog/stock-released.v1.ts';
import { stockReservedV1 } from '../../events/contracts/catalog/stock-reserved.v1.ts';
import type { ServiceMessages } from '../kernel/messages/service-messages.ts';

export const catalogMessages = {
  publishes: [productChangedV1, stockChangedV1, stockReservedV1, stockRejectedV1, stockReleasedV1],
  accepts: [reserveStockV1, releaseStockV1],
  answers: [quoteItemsV1],
} as const satisfies ServiceMessages;
