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
  type Shape,
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

const box = objectWith({ name: text, size: oneOf('small', 'large') }, { note: text });
const closed = object({ kind: oneOf('closed'), by: text });
const open = object({ kind: oneOf('open'), since: number, boxes: list(box) });
type Door = { readonly kind: 'open' | 'closed' };
const door = cases<Door>('kind', closed, open);

const secret = 'tok_secret';

describe('each kind of shape', () => {
  it.each<[string, Shape<unknown>, Json, Json]>([
    ['a text', text, 'a', 'a'],
    ['a number', number, 0, 0],
    ['one of some texts', oneOf('a', 'b'), 'b', 'b'],
    ['a list', list(number), [1, 2], [1, 2]],
    ['an object, without what it does not name', object({ a: number }), { a: 1, b: 2 }, { a: 1 }],
    [
      'a member that may be left out',
      box,
      { name: 'n', size: 'small', note: 'x' },
      { name: 'n', size: 'small', note: 'x' },
    ],
    ['an object without such a member', box, { name: 'n', size: 'large' }, { name: 'n', size: 'large' }],
    ['an object of which all may be left out', partial({ a: number, b: text }), { b: 'x', c: 1 }, { b: 'x' }],
    ['the first case', door, { kind: 'closed', by: 'me', since: 5 }, { kind: 'closed', by: 'me' }],
    [
      'another case, with what lies in it',
      door,
      { kind: 'open', since: 5, boxes: [{ name: 'n', size: 'small', extra: 1 }] },
      { kind: 'open', since: 5, boxes: [{ name: 'n', size: 'small' }] },
    ],
  ])('reads %s', (_what, shape, value, read) => {
    expect(readAs(shape, value)).toEqual(read);
  });

  it.each<[string, Shape<unknown>, Json | undefined, string]>([
    ['no text', text, 1, 'value'],
    ['no number', number, secret, 'value'],
    ['none of the texts', oneOf('a'), secret, 'value'],
    ['no list', list(text), secret, 'value'],
    ['a list with something else', object({ names: list(text) }), { names: ['a', 1] }, 'names'],
    ['no object', object({ a: text }), [secret], 'value'],
    ['nothing', object({ a: text }), undefined, 'value'],
    ['a member that is missing', object({ a: text, b: text }), { a: secret }, 'b'],
    ['a member of another type', object({ a: text, b: text }), { a: 1, b: secret }, 'a'],
    ['a wrong member that might be left out', box, { name: 'n', size: 'small', note: 5 }, 'note'],
    ['an unknown case', door, { kind: secret }, 'kind'],
    ['a case that lacks a member', door, { kind: 'open', since: secret }, 'since'],
    ['a fault deep inside', door, { kind: 'open', since: 1, boxes: [{ name: 'n', size: secret }] }, 'size'],
  ])('refuses %s, and names the member alone', (_what, shape, value, member) => {
    expect(() => readAs(shape, value)).toThrow(new Error(`the member ${member} is missing or of another type`));
  });

  it('is the same text in whatever order it is declared, and another one for another shape', () => {
    expect(object({ a: text, b: oneOf('x', 'y') }).text).toBe(object({ b: oneOf('y', 'x'), a: text }).text);
    expect(cases<Door>('kind', open, closed).text).toBe(door.text);
    const shapes: readonly Shape<unknown>[] = [
      text,
      number,
      oneOf('a'),
      oneOf('a', 'b'),
      list(text),
      list(number),
      object({ a: text }),
      object({ b: text }),
      object({ a: number }),
      object({ a: text, b: text }),
      partial({ a: text }),
      objectWith({ b: text }, { a: text }),
      box,
      closed,
      door,
    ];
    expect(new Set(shapes.map((shape) => shape.text)).size).toBe(shapes.length);
    expect(new Set(shapes.map((shape) => revisionOf(shape.text))).size).toBe(shapes.length);
  });

  it('has a revision of eight digits, which is always the same', () => {
    expect(revisionOf('')).toBe('811c9dc5');
    expect(revisionOf('foobar')).toBe('bf9cf968');
    expect(revisionOf('a', 'b')).not.toBe(revisionOf('b', 'a'));
  });
});
