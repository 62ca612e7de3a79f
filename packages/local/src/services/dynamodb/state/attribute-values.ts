import { isObject, type Json, type JsonObject } from '../../../core/json.ts';

/** A number where JSON can hold it exactly, else its digits. */
const numberOf = (digits: string): Json => {
  const value = Number(digits);
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? digits : value;
};

const plainValue = (attribute: Json): Json => {
  if (!isObject(attribute)) return null;
  const [[type, value] = []] = Object.entries(attribute);
  if (value === undefined) return null;
  switch (type) {
    case 'N':
      return numberOf(String(value));
    case 'NS':
      return Array.isArray(value) ? value.map((digits: Json) => numberOf(String(digits))) : [];
    case 'M':
      return isObject(value) ? plainItem(value) : {};
    case 'L':
      return Array.isArray(value) ? value.map(plainValue) : [];
    case 'NULL':
      return null;
    default:
      return value;
  }
};

/** An item of DynamoDB's attribute values as plain JSON, for people to read: sets become lists, binary stays base64. */
export const plainItem = (item: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(item).map(([name, attribute]) => [name, plainValue(attribute)]));
