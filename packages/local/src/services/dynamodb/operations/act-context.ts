import { objectOf, textOf } from '../../../assembly/values.ts';
import type { ActContext } from '../../../core/access.ts';
import type { JsonObject } from '../../../core/json.ts';
import type { TableRegistry } from '../state/table-registry.ts';
import { attributesIn, partitionWanted, textOfAttribute } from './expressions.ts';

/** An item, or items, of one table that an act is about. */
export interface Target {
  readonly table: string;
  readonly index?: string | undefined;
  /** Each with a Key or an Item; for a query the query itself. */
  readonly requests: readonly JsonObject[];
}

const leadingKeys = (tables: TableRegistry, { table, index, requests }: Target): readonly string[] | undefined => {
  const { keyNames = [], indexKeys = {} } = tables.find(table) ?? {};
  const keyName = index === undefined ? keyNames[0] : indexKeys[index];
  const found = requests.map((request) => {
    const { Key, Item } = request;
    return Key || Item ? textOfAttribute(objectOf(Key ?? Item)[keyName ?? '']) : partitionWanted(request, keyName);
  });
  const keys = [...new Set(found.filter((key) => key !== undefined))];
  return keys.length > 0 ? keys : undefined;
};

/** The condition keys of DynamoDB; found out when a policy asks for one. */
export const actContext = (tables: TableRegistry, target: Target, enclosing: string | undefined): ActContext => {
  const [first = {}] = target.requests;
  return (key) => {
    switch (key) {
      case 'dynamodb:leadingkeys':
        return leadingKeys(tables, target);
      case 'dynamodb:enclosingoperation':
        return enclosing;
      case 'dynamodb:attributes':
        return target.requests.flatMap(attributesIn);
      case 'dynamodb:select':
        return textOf(first.Select);
      case 'dynamodb:returnvalues':
        return textOf(first.ReturnValues);
      case 'dynamodb:returnconsumedcapacity':
        return textOf(first.ReturnConsumedCapacity);
      default:
        return undefined;
    }
  };
};
