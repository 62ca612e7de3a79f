import { historyOf, historyRefusals, readContractShapes, readHistoryFiles } from '@archipelago/release-check';
import { describe, expect, it } from '@jest/globals';
import { operationKey, operationsOf } from '../../../functions/kernel/messages/operations.ts';
import { paymentProviderApi } from '../../../functions/payment-provider/api.contract.ts';
import { apis } from '../../../lib/stacks/apis.ts';

const root = process.cwd();

const TODAY = { today: new Date().toISOString().slice(0, 10) };

describe('the history of contracts', () => {
  it('is broken by no contract', async () => {
    expect(await historyRefusals(root, await readContractShapes(root), TODAY)).toEqual([]);
  });

  it('is what the contracts are: otherwise run `npm run contracts` and commit events/history', async () => {
    const committed = await readHistoryFiles(root);
    expect(Object.fromEntries(committed)).toEqual(Object.fromEntries(historyOf(await readContractShapes(root))));
  });

  it('names operations as the gateway does', async () => {
    const { routes } = await readContractShapes(root);
    const served = [...apis, paymentProviderApi].flatMap(operationsOf).map(operationKey);
    expect(routes.map(({ key }) => key).sort()).toEqual(served.sort());
  });

  it('names who uses what changes', async () => {
    const shapes = await readContractShapes(root);
    const messages = shapes.messages.map((message) =>
      message.type === 'StockReserved.v1' ? { ...message, data: { type: 'object', properties: {} } } : message,
    );
    const [refusal, ...others] = await historyRefusals(root, { ...shapes, messages }, TODAY);
    expect(others).toEqual([]);
    expect(refusal?.where).toContain('functions/orders/messages.contract.ts');
  });
});
