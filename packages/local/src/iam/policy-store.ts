import type { PolicyBook, RoleFacts } from '../core/access.ts';
import { awsManaged } from './aws-managed.ts';
import { readPolicy, type Statement } from './statement.ts';

/** A role with everything that says what it may do. */
export interface RolePolicies {
  readonly construct: string | undefined;
  readonly identity: readonly Statement[];
  readonly boundary: readonly Statement[] | undefined;
  /** Managed policies that nothing is known of: what they allow cannot be said. */
  readonly unknown: readonly string[];
}

export interface PolicyStore extends PolicyBook {
  /** Undefined for a role that is not of this assembly. */
  roleOf(arn: string): RolePolicies | undefined;
  ofResource(arn: string): readonly Statement[];
  roles(): readonly string[];
  /** What has a policy and is no role: queues, functions, buses. */
  resources(): readonly string[];
  /** Counts the changes. */
  edition(): number;
}

const isOfIam = (arn: string): boolean => arn.split(':')[2] === 'iam';

export const createPolicyStore = (): PolicyStore => {
  const facts = new Map<string, RoleFacts>();
  const policies = new Map<string, Map<string, readonly Statement[]>>();
  let edition = 0;

  const own = (arn: string): readonly Statement[] => [...(policies.get(arn)?.values() ?? [])].flat();

  /** Undefined for a managed policy that is not known. */
  const managed = (arn: string): readonly Statement[] | undefined => {
    if (policies.has(arn)) return own(arn);
    const document = awsManaged(arn);
    return document && readPolicy(document, 'identity');
  };

  return {
    role: (arn, given) => {
      facts.set(arn, given);
      edition += 1;
    },
    put: (holderArn, key, document) => {
      const statements = readPolicy(document, isOfIam(holderArn) ? 'identity' : 'resource');
      const byKey = policies.get(holderArn) ?? new Map<string, readonly Statement[]>();
      policies.set(holderArn, byKey.set(key, statements));
      edition += 1;
    },
    drop: (holderArn, key) => {
      policies.get(holderArn)?.delete(key);
      edition += 1;
    },
    forget: (arn) => {
      facts.delete(arn);
      policies.delete(arn);
      edition += 1;
    },
    roleOf: (arn) => {
      const known = facts.get(arn);
      if (!known) return undefined;
      const attached = known.managed.map((each) => [each, managed(each)] as const);
      return {
        construct: known.construct,
        identity: [...own(arn), ...attached.flatMap(([, statements]) => statements ?? [])],
        boundary: known.boundary === undefined ? undefined : managed(known.boundary),
        unknown: attached.flatMap(([each, statements]) => (statements ? [] : [each])),
      };
    },
    ofResource: own,
    roles: () => [...facts.keys()],
    resources: () => [...policies.keys()].filter((arn) => !isOfIam(arn) && own(arn).length > 0),
    edition: () => edition,
  };
};
