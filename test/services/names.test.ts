import { describe, expect, it } from '@jest/globals';
import { containerNamesOf, namesOf, renamed } from '../../bin/services/names.ts';

describe('the name of a service', () => {
  it.each([
    ['reviews', 'review'],
    ['entries', 'entry'],
    ['batches', 'batch'],
    ['gift-cards', 'gift-card'],
    ['keys', 'key'],
  ])('%s has the singular %s', (service, one) => {
    expect(namesOf(service)).toEqual({ service, one });
  });

  it('may come with a singular that is irregular', () => {
    expect(namesOf('people', 'person')).toEqual({ service: 'people', one: 'person' });
  });

  it.each([
    ['Reviews', undefined, /small letters/],
    ['gift--cards', undefined, /small letters/],
    ['../orders', undefined, /small letters/],
    ['reviews-of-all-products', undefined, /at most 20/],
    ['functions', undefined, /choose another name/],
    ['gateway', undefined, /choose another name/],
    ['services', undefined, /choose another name/],
    ['people', undefined, /--singular/],
    ['sheep', 'sheep', /--singular sheep-entry/],
    ['people', 'Person', /small letters/],
  ])('%s is refused, with what to do', (service, singular, advice) => {
    expect(() => namesOf(service, singular)).toThrow(
      expect.objectContaining({ name: 'ServiceProblem', advice: expect.stringMatching(advice) }),
    );
  });

  it('takes the place of the template’s in every form, with the article that fits', () => {
    const text =
      'sampleItemsApi SampleItemsStack sample-items sample_items.v1 SAMPLE_ITEM#, a sample item. Sample items; A sample item';
    expect(renamed(text, namesOf('gift-cards'))).toBe(
      'giftCardsApi GiftCardsStack gift-cards gift_cards.v1 GIFT_CARD#, a gift card. Gift cards; A gift card',
    );
    expect(renamed('A sample item of a user', namesOf('invoices'))).toBe('An invoice of a user');
  });

  it('needs no singular in containers, and is held to the same rules', () => {
    expect(containerNamesOf('pricing')).toEqual({ service: 'pricing', one: 'pricing' });
    expect(() => containerNamesOf('Pricing')).toThrow(/no name of a service/);
    expect(() => containerNamesOf('stage')).toThrow(/reserved/);
  });
});
