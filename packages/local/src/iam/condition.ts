import { isList, isObject, type Json } from '../core/json.ts';
import { type Fits, OPERATORS } from './condition-operators.ts';
import { type Context, valuesOf } from './context.ts';
import { PolicyError } from './policy-error.ts';

/** Whether the `Condition` of a statement holds for a request. */
export interface Condition {
  /** The keys it asks for, in lower case. */
  readonly keys: readonly string[];
  holds(context: Context): boolean;
}

type Clause = (context: Context) => boolean;

const NAME = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/;

const textsOf = (value: Json | undefined): readonly string[] => {
  const values = isList(value) ? value : [value ?? null];
  return values.map((each) => {
    if (each === null || typeof each === 'object') throw new PolicyError('a value of a condition is no plain value');
    return String(each);
  });
};

/** `"Null": {"aws:TokenIssueTime": "true"}` holds when the key is absent. */
const absence = (key: string, wanted: readonly string[]): Clause => {
  const flags = wanted.map((value) => value.toLowerCase());
  if (flags.some((flag) => flag !== 'true' && flag !== 'false')) throw new PolicyError('Null wants true or false');
  return (context) => flags.includes(String(context(key) === undefined));
};

/** How the values of one key of the request are put together, and what an absent key means. */
interface Gathering {
  readonly all: boolean;
  readonly whenAbsent: boolean;
}

const gatheringOf = (set: string | undefined, ifExists: boolean, negated: boolean): Gathering => {
  if (set === 'ForAllValues') return { all: true, whenAbsent: true };
  if (set === 'ForAnyValue') return { all: false, whenAbsent: ifExists };
  return { all: negated, whenAbsent: ifExists || negated };
};

const clauseOf = (operator: string, key: string, wanted: readonly string[], variables: boolean): Clause => {
  const [, set, name = '', ifExists] = NAME.exec(operator) ?? [];
  if (name === 'Null' && ifExists === undefined) return absence(key, wanted);
  const known = OPERATORS.get(name);
  if (!known) throw new PolicyError(`the condition operator ${operator} is not known here`);
  const fits: readonly Fits[] = wanted.map((value) => known.read(value, variables));
  const { all, whenAbsent } = gatheringOf(set, ifExists !== undefined, known.negated);
  return (context) => {
    const values = valuesOf(context, key);
    if (values.length === 0) return whenAbsent;
    const satisfies = (value: string) => fits.some((each) => each(value, context)) !== known.negated;
    return all ? values.every(satisfies) : values.some(satisfies);
  };
};

/** Every operator and every key of it must hold. Throws PolicyError for an operator that is not known. */
export const readCondition = (written: Json | undefined, variables: boolean): Condition | undefined => {
  if (written === undefined) return undefined;
  if (!isObject(written)) throw new PolicyError('a Condition is an object');
  const clauses = Object.entries(written).flatMap(([operator, byKey]) => {
    if (!isObject(byKey)) throw new PolicyError(`${operator} of a Condition is an object`);
    return Object.entries(byKey).map(([key, wanted]) => {
      const lowered = key.toLowerCase();
      return { key: lowered, clause: clauseOf(operator, lowered, textsOf(wanted), variables) };
    });
  });
  return {
    keys: clauses.map(({ key }) => key),
    holds: (context) => clauses.every(({ clause }) => clause(context)),
  };
};
