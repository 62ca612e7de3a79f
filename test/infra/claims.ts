/** What docs/guide.md claims of every template, as findings: none means that the claim holds. */

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export interface ClaimedTemplate {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: Json }>>;
}

interface Node {
  readonly key: string;
  readonly value: Json;
}

function* nodesOf(value: Json | undefined, key = ''): Generator<Node> {
  if (value === undefined) return;
  yield { key, value };
  if (typeof value !== 'object' || value === null) return;
  for (const [name, child] of Object.entries(value)) yield* nodesOf(child, name);
}

const memberOf = (value: Json, name: string): Json | undefined =>
  typeof value === 'object' && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined;

const asList = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : [value ?? null]);

const ofType = ({ Resources }: ClaimedTemplate, type: string) =>
  Object.entries(Resources).filter(([, resource]) => resource.Type === type);

/** Stacks that export or import values cannot be deployed one without the other. */
export const sharedExports = (template: ClaimedTemplate): readonly string[] =>
  [...nodesOf(JSON.parse(JSON.stringify(template)))]
    .map(({ key }) => key)
    .filter((key) => key === 'Export' || key === 'Fn::ImportValue');

/** A statement about DynamoDB may name only tables of its own template, by Fn::GetAtt. */
export const foreignTables = (template: ClaimedTemplate): readonly string[] =>
  ofType(template, 'AWS::IAM::Policy').flatMap(([id, { Properties }]) =>
    [...nodesOf(Properties)]
      .map(({ value }) => value)
      .filter((value) => asList(memberOf(value, 'Action')).some((action) => String(action).startsWith('dynamodb:')))
      .filter(
        (statement) => !asList(memberOf(statement, 'Resource')).every((resource) => isOwnTable(template, resource)),
      )
      .map((statement) => `${id}: ${JSON.stringify(memberOf(statement, 'Resource'))}`),
  );

const isOwnTable = ({ Resources }: ClaimedTemplate, resource: Json): boolean => {
  const targets = [...nodesOf(resource)].filter(({ key }) => key === 'Fn::GetAtt').map(({ value }) => asList(value)[0]);
  const types = targets.map((target) => Resources[String(target)]?.Type);
  return types.length > 0 && types.every((type) => type === 'AWS::DynamoDB::Table');
};
