import { historyOf, historyRefusals, readContractShapes, readHistoryFiles } from '@archipelago/release-check';
import { describe, expect, it } from '@jest/globals';

const root = process.cwd();

describe('the history of contracts', () => {
  it('is broken by no contract', async () => {
    expect(await historyRefusals(root, await readContractShapes(root))).toEqual([]);
  });

  it('is what the contracts are: otherwise run `npm run contracts` and commit events/history', async () => {
    const committed = await readHistoryFiles(root);
    expect(Object.fromEntries(committed)).toEqual(Object.fromEntries(historyOf(await readContractShapes(root))));
  });

  it('names who uses what changes', async () => {
    const shapes = await readContractShapes(root);
    const messages = shapes.messages.map((message) =>
      message.type === 'StockReserved.v1' ? { ...message, data: { type: 'object', properties: {} } } : message,
    );
    const [refusal, ...others] = await historyRefusals(root, { ...shapes, messages });
    expect(others).toEqual([]);
    expect(refusal?.where).toContain('functions/orders/messages.contract.ts');
  });
});
