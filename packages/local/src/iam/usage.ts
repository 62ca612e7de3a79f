import type { Grant, HolderUsage, Used } from '../core/access.ts';
import { NO_CONTEXT } from './context.ts';
import type { PolicyStore } from './policy-store.ts';
import type { Patterns, Statement } from './statement.ts';

const SEPARATOR = ' ';

const keyOf = ({ action, resource }: Used): string => `${action}${SEPARATOR}${resource}`;

const usedOf = (key: string): Used => {
  const at = key.indexOf(SEPARATOR);
  return { action: key.slice(0, at), resource: key.slice(at + 1) };
};

const sorted = (keys: Iterable<string>): readonly Used[] => [...keys].sort().map(usedOf);

/** The patterns of a list; a list that excludes is one thing. */
const elementsOf = ({ listed, inverted }: Patterns) => {
  const all = listed.map(({ text }) => text).join(', ');
  const excluding = { text: `all but ${all}`, covers: () => true };
  return inverted
    ? [excluding]
    : listed.map((pattern) => ({
        text: pattern.text,
        covers: (value: string) => pattern.usesContext || pattern.matches(value, NO_CONTEXT),
      }));
};

const grantsOf = (statement: Statement, used: readonly Used[]): readonly Grant[] =>
  elementsOf(statement.actions).flatMap((action) =>
    elementsOf(statement.resources).map((resource) => ({
      action: action.text,
      resource: resource.text,
      used: used.some((each) => action.covers(each.action) && resource.covers(each.resource)),
    })),
  );

export interface Usage {
  allowed(holder: string, by: readonly Statement[], used: Used): void;
  denied(holder: string, used: Used): void;
  /** Of every role and every resource with a policy. */
  report(): readonly HolderUsage[];
}

/** Which permissions were used, by the statements that gave them. */
export const createUsage = (store: PolicyStore): Usage => {
  const byStatement = new Map<Statement, Set<string>>();
  const byHolder = new Map<string, { readonly used: Set<string>; readonly denied: Set<string> }>();

  const of = (holder: string) => {
    const known = byHolder.get(holder) ?? { used: new Set<string>(), denied: new Set<string>() };
    byHolder.set(holder, known);
    return known;
  };

  const reported = (arn: string, statements: readonly Statement[], construct?: string): HolderUsage => {
    const { used, denied } = of(arn);
    const grants = statements
      .filter(({ effect }) => effect === 'Allow')
      .flatMap((statement) => grantsOf(statement, sorted(byStatement.get(statement) ?? [])));
    return { arn, ...(construct !== undefined && { construct }), grants, used: sorted(used), denied: sorted(denied) };
  };

  /** Those with a policy, and those that were asked for in vain. */
  const resources = (): readonly string[] => {
    const roles = new Set(store.roles());
    const asked = [...byHolder].filter(([arn, { denied }]) => denied.size > 0 && !roles.has(arn));
    return [...new Set([...store.resources(), ...asked.map(([arn]) => arn)])];
  };

  return {
    allowed: (holder, by, used) => {
      const key = keyOf(used);
      of(holder).used.add(key);
      for (const statement of by) {
        const known = byStatement.get(statement);
        if (known) known.add(key);
        else byStatement.set(statement, new Set([key]));
      }
    },
    denied: (holder, used) => {
      of(holder).denied.add(keyOf(used));
    },
    report: () => [
      ...store.roles().map((arn) => {
        const role = store.roleOf(arn);
        return reported(arn, role?.identity ?? [], role?.construct);
      }),
      ...resources().map((arn) => reported(arn, store.ofResource(arn))),
    ],
  };
};
