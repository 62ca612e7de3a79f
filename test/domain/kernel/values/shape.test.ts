import { describe, expect, it } from '@jest/globals';
import type { Json } from '../../../../functions/kernel/values/json.ts';
import {
  cases,
  list,
  number,
  object,
  objectWith,
  oneOf,
  partial,
  readAs,
  revisionOf,
  text,
} from '../../../../functions/kernel/values/shape.ts';

const line = object({ sku: text, quantity: number });
const order = objectWith(
  { kind: oneOf('open', 'done'), lines: list(line), by: partial({ name: text }) },
  { note: text },
);
const stored = { kind: 'open', lines: [{ sku: 'tea', quantity: 2 }], by: {} };

describe('a shape', () => {
  it('reads what it names and drops the rest, at every depth', () => {
    const written = {
      ...stored,
      lines: [{ sku: 'tea', quantity: 2, later: 1 }],
      by: { name: 'ada', later: [] },
      later: null,
    };
    expect(readAs(order, written)).toEqual({ ...stored, by: { name: 'ada' } });
    expect(readAs(order, { ...stored, note: 'x' })).toEqual({ ...stored, note: 'x' });
  });

  it.each<[string, Json | undefined]>([
    ['value', undefined],
    ['value', []],
    ['value', 'text'],
    ['kind', { ...stored, kind: 'gone' }],
    ['kind', { lines: [], by: {} }],
    ['lines', { ...stored, lines: {} }],
    ['lines', { ...stored, lines: [1] }],
    ['sku', { ...stored, lines: [...stored.lines, { sku: 1, quantity: 1 }] }],
    ['quantity', { ...stored, lines: [{ sku: 'tea', quantity: '1' }] }],
    ['by', { ...stored, by: [] }],
    ['name', { ...stored, by: { name: 1 } }],
    ['note', { ...stored, note: 1 }],
  ])('names %s where it is missing or of another type, and shows no content', (name, value) => {
    expect(() => readAs(order, value)).toThrow(new Error(`the member ${name} is missing or of another type`));
    expect(order.isOne(value)).toBe(false);
  });

  it('is the same text for the same shape, in whatever order its members stand', () => {
    expect(order.text).toBe(
      '{by: {name?: text}, kind: done | open, lines: [{quantity: number, sku: text}], note?: text}',
    );
    expect(object({ quantity: number, sku: text }).text).toBe(line.text);
  });
});

type Pet = { readonly kind: 'cat'; readonly lives: number } | { readonly kind: 'dog'; readonly name: string };

describe('the cases of a union', () => {
  const cat = object({ kind: oneOf('cat'), lives: number });
  const dog = object({ kind: oneOf('dog'), name: text });
  const pet = cases<Pet>('kind', cat, dog);

  it('are read each by its own shape', () => {
    expect(readAs(pet, { kind: 'cat', lives: 9, name: 'x' })).toEqual({ kind: 'cat', lives: 9 });
    expect(readAs(pet, { kind: 'dog', name: 'x', lives: 9 })).toEqual({ kind: 'dog', name: 'x' });
  });

  it.each<[string, Json]>([
    ['kind', { kind: 'fish' }],
    ['kind', {}],
    ['lives', { kind: 'cat' }],
    ['name', { kind: 'dog', name: 1 }],
  ])('name %s where none fits', (name, value) => {
    expect(() => readAs(pet, value)).toThrow(new Error(`the member ${name} is missing or of another type`));
  });

  it('have one text, in whatever order they stand', () => {
    expect(pet.text).toBe('{kind: cat, lives: number} | {kind: dog, name: text}');
    expect(cases<Pet>('kind', dog, cat).text).toBe(pet.text);
  });
});

describe('the revision of shapes', () => {
  it('is FNV-1a of their texts', () => {
    expect(revisionOf('')).toBe('811c9dc5');
    expect(revisionOf('a')).toBe('e40c292c');
    expect(revisionOf('foobar')).toBe('bf9cf968');
  });

  it('is eight digits, and tells where one text ends', () => {
    expect(revisionOf('s0')).toBe('0751b736');
    expect(revisionOf('a', 'b')).not.toBe(revisionOf('ab'));
    expect(revisionOf('é')).not.toBe(revisionOf('e'));
  });
});
