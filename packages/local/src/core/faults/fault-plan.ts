import { AwsError } from '../aws-call.ts';
import { isList, isObject, type Json, type JsonObject } from '../json.ts';
import { seededRandom } from '../random.ts';

export const FAULT_EFFECTS = [
  'kill',
  'timeout',
  'throttle',
  'conflict',
  'error',
  'partial',
  'delay',
  'lostReply',
] as const;

const WHEN = ['before', 'after'] as const;

export type FaultEffect = (typeof FAULT_EFFECTS)[number];

/** Which calls a fault meets, and what happens; what is absent meets every call. */
export interface FaultRule {
  readonly function?: string;
  /** Signing name: `dynamodb`, `sqs`, `events` … */
  readonly service?: string;
  readonly operation?: string;
  /** The number of the call within its invocation, from 1. */
  readonly call?: number;
  /** Before the call takes effect, or after it did and before the reply. */
  readonly when: 'before' | 'after';
  readonly effect: FaultEffect;
  /** How often at most. */
  readonly times?: number;
  /** Of each call that it meets; default 1. */
  readonly probability?: number;
}

/** A call to AWS as a rule sees it. */
export interface FaultyCall {
  readonly functionName: string;
  readonly service: string;
  readonly operation: string;
  readonly call: number;
}

const refuse = (what: string) => new AwsError('InvalidFaultPlan', what);

const KEYS = ['function', 'service', 'operation', 'call', 'when', 'effect', 'times', 'probability'];

const refuseOthers = (given: JsonObject, known: readonly string[], where: string): void => {
  const other = Object.keys(given).find((key) => !known.includes(key));
  if (other !== undefined) throw refuse(`${where} has no ${other}; it has ${known.join(', ')}`);
};

const oneOf = <T extends string>(value: Json | undefined, known: readonly T[], where: string): T => {
  const found = known.find((each) => each === value);
  if (found === undefined) throw refuse(`${where} is one of ${known.join(', ')}`);
  return found;
};

const textIn = (given: JsonObject, name: 'function' | 'service' | 'operation', where: string) => {
  const value = given[name];
  if (value === undefined) return {};
  if (typeof value !== 'string' || value === '') throw refuse(`${where}.${name} is a text`);
  return { [name]: value };
};

const countIn = (given: JsonObject, name: 'call' | 'times', where: string) => {
  const value = given[name];
  if (value === undefined) return {};
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1) throw refuse(`${where}.${name} is 1 or more`);
  return { [name]: value };
};

const probabilityIn = ({ probability }: JsonObject, where: string) => {
  if (probability === undefined) return {};
  if (typeof probability !== 'number' || !(probability >= 0 && probability <= 1)) {
    throw refuse(`${where}.probability is a number from 0 to 1`);
  }
  return { probability };
};

const ruleOf = (given: Json, index: number): FaultRule => {
  const where = `rules[${index}]`;
  if (!isObject(given)) throw refuse(`${where} is an object`);
  refuseOthers(given, KEYS, where);
  return {
    ...textIn(given, 'function', where),
    ...textIn(given, 'service', where),
    ...textIn(given, 'operation', where),
    ...countIn(given, 'call', where),
    ...countIn(given, 'times', where),
    ...probabilityIn(given, where),
    when: oneOf(given.when, WHEN, `${where}.when`),
    effect: oneOf<FaultEffect>(given.effect, FAULT_EFFECTS, `${where}.effect`),
  };
};

const meets = (rule: FaultRule, { functionName, service, operation, call }: FaultyCall): boolean =>
  (rule.function === undefined || rule.function === functionName) &&
  (rule.service === undefined || rule.service === service) &&
  (rule.operation === undefined || rule.operation === operation) &&
  (rule.call === undefined || rule.call === call);

/** Which calls of functions to AWS go wrong, and how. None does until a plan is set. */
export interface FaultPlan {
  /** Throws AwsError for what is no plan. */
  set(plan: JsonObject): void;
  clear(): void;
  isEmpty(): boolean;
  /** The effect of the first rule that fires for a call; one that `isPossible` denies does not fire. */
  at(when: FaultRule['when'], call: FaultyCall, isPossible: (effect: FaultEffect) => boolean): FaultEffect | undefined;
  inspect(): { readonly seed: number; readonly rules: readonly (FaultRule & { readonly fired: number })[] };
}

export const createFaultPlan = (): FaultPlan => {
  let seed = 0;
  let chance = seededRandom(seed);
  let rules: { readonly rule: FaultRule; fired: number }[] = [];

  const start = (newSeed: number, newRules: readonly FaultRule[]): void => {
    seed = newSeed;
    chance = seededRandom(newSeed);
    rules = newRules.map((rule) => ({ rule, fired: 0 }));
  };

  return {
    set: (plan) => {
      refuseOthers(plan, ['seed', 'rules'], 'a plan');
      const { seed: given = 0, rules: list } = plan;
      if (typeof given !== 'number' || !Number.isInteger(given)) throw refuse('seed is a whole number');
      if (!isList(list)) throw refuse('rules is a list');
      start(given, list.map(ruleOf));
    },
    clear: () => start(0, []),
    isEmpty: () => rules.length === 0,
    at: (when, call, isPossible) => {
      for (const entry of rules) {
        const { rule, fired } = entry;
        if (rule.when !== when || fired >= (rule.times ?? Number.POSITIVE_INFINITY) || !meets(rule, call)) continue;
        if (!isPossible(rule.effect)) continue;
        if (chance.next() >= (rule.probability ?? 1)) continue;
        entry.fired += 1;
        return rule.effect;
      }
      return undefined;
    },
    inspect: () => ({ seed, rules: rules.map(({ rule, fired }) => ({ ...rule, fired })) }),
  };
};
