import { isList, isObject, type Json, type JsonObject } from '../../core/json.ts';

export type Leaf = string | number | boolean | null;

/** Which element of which array a leaf lies in: array number → index. */
export type ArrayMembership = ReadonlyMap<number, number>;

export interface Field {
  readonly value: Leaf;
  readonly membership: ArrayMembership;
}

/**
 * The leaves of an event by dotted path. Objects and arrays are no leaves, so an empty one leaves nothing behind and
 * counts as absent.
 */
export const fieldsOf = (event: JsonObject): ReadonlyMap<string, readonly Field[]> => {
  const fields = new Map<string, Field[]>();
  let arrays = 0;

  const visit = (path: string, value: Json, membership: ArrayMembership): void => {
    if (isList(value)) {
      const array = arrays++;
      value.forEach((element, index) => {
        const within = typeof element === 'object' && element !== null;
        visit(path, element, within ? new Map(membership).set(array, index) : membership);
      });
    } else if (isObject(value)) {
      for (const [name, member] of Object.entries(value)) visit(path ? `${path}.${name}` : name, member, membership);
    } else {
      const field = { value, membership };
      const found = fields.get(path);
      if (found) found.push(field);
      else fields.set(path, [field]);
    }
  };

  visit('', event, new Map());
  return fields;
};

/** The memberships taken together, or undefined when they name different elements of the same array. */
export const joinMemberships = (sofar: ArrayMembership, added: ArrayMembership): ArrayMembership | undefined => {
  if (added.size === 0) return sofar;
  const joined = new Map(sofar);
  for (const [array, index] of added) {
    if ((joined.get(array) ?? index) !== index) return undefined;
    joined.set(array, index);
  }
  return joined;
};
