import { isObject, type Json, listOf } from '@archipelago/house-rules';
import type { Compare, SchemaChange } from './schema-change.ts';

type Schema = { readonly [key: string]: Json };

const propertiesOf = ({ properties }: Schema): Schema => (isObject(properties) ? properties : {});

const fieldChanges = (
  name: string,
  before: Schema,
  after: Schema,
  pointer: string,
  compare: Compare,
): readonly SchemaChange[] => {
  const [earlier, later] = [propertiesOf(before)[name], propertiesOf(after)[name]];
  const isRequired = listOf(after.required).includes(name);
  if (later === undefined) return [{ pointer, effect: 'loses a field', detail: 'is gone' }];
  if (earlier === undefined) {
    if (isRequired) return [{ pointer, effect: 'accepts less', detail: 'is new and required' }];
    const wasRefused = before.additionalProperties === false;
    return wasRefused ? [{ pointer, effect: 'accepts more', detail: 'is new where unknown fields were refused' }] : [];
  }
  const wasRequired = listOf(before.required).includes(name);
  return [
    ...(isRequired && !wasRequired
      ? [{ pointer, effect: 'accepts less' as const, detail: 'was optional, is required' }]
      : []),
    ...(wasRequired && !isRequired
      ? [{ pointer, effect: 'accepts more' as const, detail: 'was required, is optional' }]
      : []),
    ...compare(earlier, later, pointer),
  ];
};

/** `false` refuses unknown fields; nothing said, or `{}`, lets any in. */
const unknownFields = ({ additionalProperties: allowed }: Schema): Json =>
  allowed === undefined || allowed === true ? {} : allowed;

const unknownFieldChanges = (
  before: Schema,
  after: Schema,
  pointer: string,
  compare: Compare,
): readonly SchemaChange[] => {
  const [earlier, later] = [unknownFields(before), unknownFields(after)];
  if (earlier === later) return [];
  if (later === false) return [{ pointer, effect: 'accepts less', detail: 'refuses unknown fields' }];
  if (earlier === false) return [{ pointer, effect: 'accepts more', detail: 'takes unknown fields' }];
  return compare(earlier, later, `${pointer}/*`);
};

/** Of an object's fields: gone, new, required, and what became of each. */
export const objectChanges = (
  before: Schema,
  after: Schema,
  pointer: string,
  compare: Compare,
): readonly SchemaChange[] => {
  const names = new Set([...Object.keys(propertiesOf(before)), ...Object.keys(propertiesOf(after))]);
  return [
    ...[...names].flatMap((name) => fieldChanges(name, before, after, `${pointer}/${name}`, compare)),
    ...unknownFieldChanges(before, after, pointer, compare),
  ];
};
