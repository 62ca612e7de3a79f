import { isList, isObject, type Json } from '../core/json.ts';
import { StartError } from '../core/start-error.ts';
import type { Scope } from './scope.ts';

type Evaluate = (value: Json) => Json | undefined;

/** Evaluates a condition expression: Fn::Equals, And, Or, Not, and `{Condition: name}`. */
export const evaluateCondition = (expression: Json | undefined, scope: Scope, evaluate: Evaluate): boolean => {
  const [key, operand] = isObject(expression) ? (Object.entries(expression)[0] ?? []) : [];
  const operands = isList(operand) ? operand : [];
  const holds = (inner: Json) => evaluateCondition(inner, scope, evaluate);
  switch (key) {
    case 'Condition':
      return scope.condition(String(operand));
    case 'Fn::Equals': {
      const [left, right] = operands.map((side) => JSON.stringify(evaluate(side)));
      return left === right;
    }
    case 'Fn::And':
      return operands.every(holds);
    case 'Fn::Or':
      return operands.some(holds);
    case 'Fn::Not':
      return !operands.every(holds);
    default:
      throw new StartError(
        `${JSON.stringify(expression)} is not a condition`,
        scope.where,
        'use Fn::Equals, Fn::And, Fn::Or, Fn::Not or {"Condition": "<name>"}',
      );
  }
};
