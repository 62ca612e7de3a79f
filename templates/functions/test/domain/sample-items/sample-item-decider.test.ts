import { describe, it } from '@jest/globals';
import { specificationOf } from '../../../../../test/support/decider-specification.ts';
import type { SampleItemEvent } from '../../../functions/sample-items/domain/sample-item.ts';
import { sampleItemDecider } from '../../../functions/sample-items/domain/sample-item-decider.ts';

const given = specificationOf(sampleItemDecider);
const saved: SampleItemEvent = { type: 'SampleItemSaved', text: 'Good.' };
const erased: SampleItemEvent = { type: 'SampleItemErased' };

describe('a sample item', () => {
  it('is saved', () => {
    given().when({ type: 'SaveSampleItem', text: 'Good.' }).then(saved);
    given(saved).thenState({ kind: 'kept', text: 'Good.' });
  });

  it('changes its text', () => {
    const changed: SampleItemEvent = { type: 'SampleItemSaved', text: 'Better.' };
    given(saved).when({ type: 'SaveSampleItem', text: 'Better.' }).then(changed);
    given(saved, changed).thenState({ kind: 'kept', text: 'Better.' });
  });

  it('does not change when the same text is saved again', () => {
    given(saved).when({ type: 'SaveSampleItem', text: 'Good.' }).then();
  });

  it('is erased with its user, once, and holds no text then', () => {
    given(saved).when({ type: 'EraseSampleItem' }).then(erased);
    given(saved, erased).when({ type: 'EraseSampleItem' }).then();
    given(saved, erased).thenState({ kind: 'erased' });
  });

  it('is not there before it was saved, and needs no erasing', () => {
    given().thenState({ kind: 'none' });
    given().when({ type: 'EraseSampleItem' }).then();
  });

  it('does not come back from an erasure', () => {
    const refusal = { outcome: 'conflict', code: 'erased', detail: 'It was erased with its user.' } as const;
    given(saved, erased).when({ type: 'SaveSampleItem', text: 'Good.' }).thenRefused(refusal);
  });
});
