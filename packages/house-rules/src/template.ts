/** A JSON value of a template. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export interface Resource {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, Json>>;
  readonly deletionPolicy?: string;
}

/** One synthesized stack. */
export interface Template {
  readonly stack: string;
  readonly resources: readonly Resource[];
}

/** What a rule holds against a template. */
export interface Finding {
  readonly stack: string;
  readonly logicalId: string;
  readonly problem: string;
}

export type Rule = (template: Template, context: RuleContext) => readonly Finding[];

export interface RuleContext {
  /** Data must outlive its stack. */
  readonly keepsData: boolean;
  /** Names of the pages in docs/runbook, without `.md`. */
  readonly runbook: readonly string[];
  /** Route keys that are open to everybody, by the stack that makes them. */
  readonly publicRoutes: Readonly<Record<string, readonly string[]>>;
  /** Those that routes ask of a person's token: `orders/write`. */
  readonly scopes: readonly string[];
}

export const isObject = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const listOf = (value: Json | undefined): readonly Json[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

/** The value at a path such as `RetryPolicy.MaximumRetryAttempts`. */
export const at = (value: Json | undefined, path: string): Json | undefined =>
  path.split('.').reduce<Json | undefined>((inner, key) => (isObject(inner) ? inner[key] : undefined), value);

export const ofType = ({ resources }: Template, type: string): readonly Resource[] =>
  resources.filter((resource) => resource.type === type);

export const byId = ({ resources }: Template, logicalId: string | undefined): Resource | undefined =>
  resources.find((resource) => resource.logicalId === logicalId);

/** Logical ids that a value refers to by Ref or Fn::GetAtt, however deep. */
export const referredIn = (value: Json | undefined): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap(referredIn);
  if (!isObject(value)) return [];
  const { Ref: ref, 'Fn::GetAtt': attribute } = value;
  if (typeof ref === 'string') return [ref];
  if (Array.isArray(attribute)) return [String(attribute[0])];
  return Object.values(value).flatMap(referredIn);
};

export const finding = ({ stack }: Template, { logicalId }: Resource, problem: string): Finding => ({
  stack,
  logicalId,
  problem,
});
