import { isObject, type Json } from '../core/json.ts';
import { StartError } from '../core/start-error.ts';
import type { Stack } from './assembly.ts';
import { objectAt } from './values.ts';

const SSM_VALUE = /^AWS::SSM::Parameter::Value</;

const asType = (type: string, value: string): Json =>
  /List</.test(type) || type === 'CommaDelimitedList' ? value.split(',').map((item) => item.trim()) : value;

/** The value of a template parameter, or undefined when the stack has none of that name. */
export const parameterValue = (
  stack: Stack,
  name: string,
  ssmParameter: (name: string) => string,
): Json | undefined => {
  if (!isObject(stack.parameters[name])) return undefined;
  const declared = objectAt(stack.parameters, name);
  const type = String(declared.Type);
  const given = stack.parameterValues[name] ?? declared.Default;
  if (given === undefined) {
    throw new StartError(
      `parameter ${name} of stack ${stack.name} has no value`,
      stack.file,
      'give it a default in the stack: parameters are not asked for here',
    );
  }
  if (type === 'AWS::SSM::Parameter::Name') return String(given);
  return asType(type, SSM_VALUE.test(type) ? ssmParameter(String(given)) : String(given));
};
