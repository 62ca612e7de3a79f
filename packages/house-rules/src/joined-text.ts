import { isObject, type Json, listOf } from './template.ts';

/** A value as text, its `Fn::Join`s joined; what only CloudFormation knows is `{}`. */
export const joinedText = (value: Json | undefined): string => {
  if (typeof value === 'string') return value;
  if (!isObject(value)) return '{}';
  const [separator, parts] = listOf(value['Fn::Join']);
  return typeof separator === 'string' ? listOf(parts).map(joinedText).join(separator) : '{}';
};
