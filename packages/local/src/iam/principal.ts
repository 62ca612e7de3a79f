import { isList, isObject, type Json } from '../core/json.ts';
import { PolicyError } from './policy-error.ts';

/** Who makes a request. */
export type Requester =
  | { readonly kind: 'role'; readonly account: string; readonly roleArn: string; readonly sessionArn: string }
  | { readonly kind: 'service'; readonly name: string }
  | { readonly kind: 'anonymous' };

/**
 * How a statement of a resource names a requester: itself, which a boundary does not limit; its role; or only the account
 * that it belongs to, which leaves the decision to the policies of the role.
 */
export type Naming = 'itself' | 'role' | 'account' | 'not';

export type NamingOf = (requester: Requester) => Naming;

const KINDS = ['AWS', 'Service', 'Federated', 'CanonicalUser'];

const textsOf = (value: Json | undefined): readonly string[] => (isList(value) ? value : [value ?? '']).map(String);

const isAccount = (name: string, account: string): boolean =>
  name === account || (name.startsWith('arn:') && name.endsWith(`:iam::${account}:root`));

const byAws = (names: readonly string[], requester: Requester): Naming => {
  if (names.includes('*')) return 'itself';
  if (requester.kind !== 'role') return 'not';
  if (names.includes(requester.sessionArn)) return 'itself';
  if (names.includes(requester.roleArn)) return 'role';
  return names.some((name) => isAccount(name, requester.account)) ? 'account' : 'not';
};

const named = (aws: readonly string[], services: readonly string[], requester: Requester): Naming =>
  requester.kind === 'service' && services.includes(requester.name) ? 'itself' : byAws(aws, requester);

/** `Principal` of a statement: `"*"`, or `{"AWS": …, "Service": …}`. */
export const readPrincipal = (written: Json | undefined): NamingOf => {
  if (written === '*') return () => 'itself';
  if (!isObject(written)) throw new PolicyError('a Principal is "*" or an object');
  const unknown = Object.keys(written).find((kind) => !KINDS.includes(kind));
  if (unknown !== undefined) throw new PolicyError(`a principal of the kind ${unknown} is not known`);
  const aws = written.AWS === undefined ? [] : textsOf(written.AWS);
  const services = written.Service === undefined ? [] : textsOf(written.Service);
  return (requester) => named(aws, services, requester);
};

/** `NotPrincipal`: everyone but those it names. */
export const readNotPrincipal = (written: Json | undefined): NamingOf => {
  const naming = readPrincipal(written);
  return (requester) => (naming(requester) === 'not' ? 'itself' : 'not');
};
