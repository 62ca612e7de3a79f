import { isList, type Json } from '../../core/json.ts';
import { invalidPattern } from './invalid-pattern.ts';

const COMPARISONS: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

const boundAfter = (operator: string, bound: Json | undefined): number => {
  if (typeof bound === 'number') return bound;
  throw invalidPattern(`Value of ${operator === '=' ? 'equals' : operator} must be numeric`);
};

/** `["=", n]`, `["<", n]`, `[">", n]` … or a range with the lower bound first: `[">", low, "<=", high]`. */
export const compileNumeric = (terms: Json): ((value: number) => boolean) => {
  if (!isList(terms)) throw invalidPattern('Value of numeric must be an array.');
  const [operator, bound, upperOperator, upperBound] = terms;
  if (typeof operator !== 'string')
    throw invalidPattern(`Invalid member in numeric match: ${operator === undefined ? ']' : operator}`);
  const compare = COMPARISONS[operator];
  if (!compare) throw invalidPattern(`Unrecognized numeric range operator: ${operator}`);
  const limit = boundAfter(operator, bound);
  if (terms.length === 2) return (value) => compare(value, limit);

  if (!operator.startsWith('>')) throw invalidPattern('Too many elements in numeric expression');
  if (typeof upperOperator !== 'string') throw invalidPattern(`Bad value in numeric range: ${upperOperator}`);
  const compareUpper = upperOperator.startsWith('<') ? COMPARISONS[upperOperator] : undefined;
  if (!compareUpper) throw invalidPattern(`Bad numeric range operator: ${upperOperator}`);
  const upper = boundAfter(upperOperator, upperBound);
  if (terms.length > 4) throw invalidPattern('Too many terms in numeric range expression');
  if (limit >= upper) throw invalidPattern('Bottom must be less than top');
  return (value) => compare(value, limit) && compareUpper(value, upper);
};
