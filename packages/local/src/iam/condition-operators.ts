import { BlockList, isIP } from 'node:net';
import { arnPattern } from './arn-pattern.ts';
import type { Context } from './context.ts';
import { PolicyError } from './policy-error.ts';
import { textPattern } from './text-pattern.ts';

/** Whether a value of the request fits one value of the policy. */
export type Fits = (value: string, context: Context) => boolean;

/** Reads a value of a policy for one operator. */
export type ReadWanted = (wanted: string, variables: boolean) => Fits;

export interface Operator {
  readonly read: ReadWanted;
  /** `StringNotEquals`: holds when no value of the policy fits, so also for a key that is absent. */
  readonly negated: boolean;
}

const text =
  (rules: { readonly wildcards: boolean; readonly ignoresCase?: boolean }): ReadWanted =>
  (wanted, variables) =>
    textPattern(wanted, { ...rules, variables }).matches;

const arn: ReadWanted = (wanted, variables) => arnPattern(wanted, { variables }).matches;

type Compare = (value: number, wanted: number) => boolean;

const ORDERS: Readonly<Record<string, Compare>> = {
  Equals: (value, wanted) => value === wanted,
  LessThan: (value, wanted) => value < wanted,
  LessThanEquals: (value, wanted) => value <= wanted,
  GreaterThan: (value, wanted) => value > wanted,
  GreaterThanEquals: (value, wanted) => value >= wanted,
};

const isNumber = (written: string): boolean => written.trim() !== '' && Number.isFinite(Number(written));

const numberOf = (written: string): number => (isNumber(written) ? Number(written) : Number.NaN);

/** ISO 8601, or seconds since 1970. */
const timeOf = (written: string): number => (isNumber(written) ? Number(written) * 1000 : Date.parse(written));

const ordered =
  (what: string, read: (written: string) => number, compare: Compare): ReadWanted =>
  (wanted) => {
    const bound = read(wanted);
    if (Number.isNaN(bound)) throw new PolicyError(`'${wanted}' is not a ${what}`);
    return (value) => compare(read(value), bound);
  };

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** An address, or a block of them as `203.0.113.0/24`. */
const address: ReadWanted = (wanted) => {
  const [network = '', prefix] = wanted.split('/');
  const widest = isIP(network) === 6 ? 128 : 32;
  const bits = prefix === undefined ? widest : Number(prefix);
  if (isIP(network) === 0 || !Number.isInteger(bits) || bits < 0 || bits > widest) {
    throw new PolicyError(`'${wanted}' is not a block of addresses`);
  }
  const block = new BlockList();
  block.addSubnet(network, bits, familyOf(network));
  return (value) => isIP(value) !== 0 && block.check(value, familyOf(value));
};

const truth: ReadWanted = (wanted) => {
  const flag = wanted.toLowerCase();
  return (value) => value.toLowerCase() === flag;
};

const bytes: ReadWanted = (wanted) => (value) => value === wanted;

const both = (name: string, negatedName: string, read: ReadWanted): readonly (readonly [string, Operator])[] => [
  [name, { read, negated: false }],
  [negatedName, { read, negated: true }],
];

const orders = (kind: 'Numeric' | 'Date', what: string, read: (written: string) => number) =>
  Object.entries(ORDERS).map(([order, compare]): readonly [string, Operator] => [
    `${kind}${order}`,
    { read: ordered(what, read, compare), negated: false },
  ]);

const equal: Compare = (value, wanted) => value === wanted;

/** IAM User Guide, "IAM JSON policy elements: Condition operators". */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ...both('StringEquals', 'StringNotEquals', text({ wildcards: false })),
  ...both('StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', text({ wildcards: false, ignoresCase: true })),
  ...both('StringLike', 'StringNotLike', text({ wildcards: true })),
  ...both('ArnEquals', 'ArnNotEquals', arn),
  ...both('ArnLike', 'ArnNotLike', arn),
  ...both('IpAddress', 'NotIpAddress', address),
  ...orders('Numeric', 'number', numberOf),
  ['NumericNotEquals', { read: ordered('number', numberOf, equal), negated: true }],
  ...orders('Date', 'time', timeOf),
  ['DateNotEquals', { read: ordered('time', timeOf, equal), negated: true }],
  ['Bool', { read: truth, negated: false }],
  ['BinaryEquals', { read: bytes, negated: false }],
]);
