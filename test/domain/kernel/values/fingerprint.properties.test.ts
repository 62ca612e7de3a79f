import { describe, expect, it } from '@jest/globals';
import { canonicalJson } from '../../../../functions/kernel/values/canonical-json.ts';
import { isList, isObject, type Json } from '../../../../functions/kernel/values/json.ts';
import { fc } from '../../../support/properties.ts';

/** Any JSON, as a body brings it. */
const bodies: fc.Arbitrary<Json> = fc
  .jsonValue({ stringUnit: 'binary' })
  .map((value) => JSON.parse(JSON.stringify(value)));

/** The same value with the members of every object in another order. */
const reordered = (value: Json): Json => {
  if (isList(value)) return value.map(reordered);
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(([name, member]) => [name, reordered(member)] as const);
  return Object.fromEntries(members.toReversed());
};

describe('the canonical text that a fingerprint is made of', () => {
  it('is the same for the same value, whatever the order of its members', () => {
    fc.assert(fc.property(bodies, (body) => expect(canonicalJson(reordered(body))).toBe(canonicalJson(body))));
  });

  it('loses nothing, so two different values never have the same one', () => {
    fc.assert(fc.property(bodies, (body) => expect(JSON.parse(canonicalJson(body))).toEqual(body)));
  });

  it('is empty for no body, which no value is', () => {
    expect(canonicalJson(undefined)).toBe('');
    fc.assert(fc.property(bodies, (body) => expect(canonicalJson(body)).not.toBe('')));
  });
});
