/**
 * The names by which stacks meet. Both sides of a meeting compose them from the stage's prefix, so that no stack waits
 * for another's outputs and no function's environment holds another stack's token.
 */

export const busName = (prefix: string): string => prefix;

export const namespaceName = (prefix: string): string => prefix;

/** Where tasks are found; below `.internal`, which is no name of the public DNS. */
export const taskNamespaceName = (prefix: string): string => `${prefix}.svc.internal`;

export const alarmTopicName = (prefix: string): string => `${prefix}-alarms`;

export const stackName = (prefix: string, service: string): string => `${prefix}-${service}`;

/** The alias of every function: every trigger and every caller aims at it, so that shifting it shifts all traffic. */
export const ALIAS = 'live';

export const functionName = (prefix: string, service: string, name: string): string => `${prefix}-${service}-${name}`;

/** `part` distinguishes the tables of a service that has several: `events`, `views`. */
export const tableName = (prefix: string, service: string, part?: string): string =>
  part === undefined ? `${prefix}-${service}` : `${prefix}-${service}-${part}`;

/** The tag of what holds secrets for a while; house rules have them kept for a short time and copied nowhere. */
export const HOLDS_SECRETS = ['holds', 'secrets'] as const;

export const queueName = (prefix: string, service: string, what: string): string => `${prefix}-${service}-${what}`;

export const providerUrlParameter = (prefix: string): string => `/${prefix}/payment-provider/url`;

/** Who issues the tokens of people, and to which client: `<issuer>,<client id>`. */
export const peopleParameter = (prefix: string): string => `/${prefix}/identity/people`;

/** `register-user` → `RegisterUser`: by what the tools that read templates (`sam local invoke`) call a function. */
export const pascalName = (name: string): string =>
  name.replace(/(?:^|-)([a-z0-9])/g, (_match, first: string) => first.toUpperCase());

/** The function that judges new versions before they get traffic. */
export const deploymentHookName = (prefix: string): string => functionName(prefix, 'gateway', 'check-deployment');
