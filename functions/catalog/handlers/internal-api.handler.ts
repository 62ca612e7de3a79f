import { quoteItemsV1 } from '../../../events/contracts/catalog/quote-items.v1.ts';
import { answering, internalApiHandler } from '../../edge/http/internal-api.ts';
import { quote } from '../views/product-view.ts';
import { runtime, wireAnswers, wireTokens } from '../wiring.ts';

const answers = wireAnswers();

export const handler = internalApiHandler(
  [answering(quoteItemsV1, ({ items }) => quote(answers.table, items))],
  runtime,
  wireTokens(),
);
