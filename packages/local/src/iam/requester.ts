import type { ActContext } from '../core/access.ts';
import type { Caller } from '../core/aws-call.ts';
import type { Context } from './context.ts';
import type { Requester } from './principal.ts';

export interface Place {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
}

const ROLE = /^arn:([^:]+):iam::(\d+):role\/(?:.*\/)?([^/]+)$/;

/** `arn:aws:iam::…:role/name` as its session shows itself: `arn:aws:sts::…:assumed-role/name/<session>`. */
export const sessionArnOf = ({ principal, functionName, taskId = 'session' }: Caller): string => {
  const [, partition, account, role] = ROLE.exec(principal) ?? [];
  return role ? `arn:${partition}:sts::${account}:assumed-role/${role}/${functionName ?? taskId}` : principal;
};

const SERVICE = /^[a-z0-9.-]+\.amazonaws\.com$/;

/** Who a caller is to a policy; undefined for an operator, whom no policy names. */
export const requesterOf = (caller: Caller): Requester | undefined => {
  const { principal } = caller;
  if (principal === 'anonymous') return { kind: 'anonymous' };
  if (SERVICE.test(principal)) return { kind: 'service', name: principal };
  const [, , account] = ROLE.exec(principal) ?? [];
  return account === undefined
    ? undefined
    : { kind: 'role', account, roleArn: principal, sessionArn: sessionArnOf(caller) };
};

type Known = Readonly<Record<string, (caller: Caller) => string | undefined>>;

/** The condition keys of every service, as far as a call on this machine has a value for them. */
const globalKeys = ({ account, region, partition }: Place, now: () => number): Known => {
  const isRole = ({ principal }: Caller) => principal.startsWith('arn:');
  return {
    'aws:currenttime': () => new Date(now()).toISOString(),
    'aws:epochtime': () => String(Math.floor(now() / 1000)),
    'aws:principalaccount': (caller) => (isRole(caller) ? account : undefined),
    'aws:principalarn': (caller) => (isRole(caller) ? caller.principal : undefined),
    'aws:principalisawsservice': (caller) => String(SERVICE.test(caller.principal)),
    'aws:principaltype': (caller) => (isRole(caller) ? 'AssumedRole' : undefined),
    'aws:requestedregion': () => region,
    'aws:resourceaccount': () => account,
    // On AWS every call comes over TLS; here none does, and none leaves the machine.
    'aws:securetransport': () => 'true',
    'aws:sourceaccount': ({ sourceArn }) => (sourceArn === undefined ? undefined : account),
    'aws:sourcearn': ({ sourceArn }) => sourceArn,
    'aws:viaawsservice': () => 'false',
    'lambda:sourcefunctionarn': ({ functionName }) =>
      functionName === undefined ? undefined : `arn:${partition}:lambda:${region}:${account}:function:${functionName}`,
  };
};

/** What conditions may ask: first of the act itself, then of the call as such. */
export const createContexts = (place: Place, now: () => number) => {
  const known = globalKeys(place, now);
  return (caller: Caller, ofAct: ActContext | undefined): Context =>
    (key) =>
      ofAct?.(key) ?? known[key]?.(caller);
};
