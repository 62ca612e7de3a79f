import { isObject, type Json, listOf, type Resource, type Template } from '../template.ts';

/** One statement of a policy, wherever it stands. */
export interface Statement {
  readonly resource: Resource;
  readonly effect: string;
  readonly actions: readonly string[];
  readonly targets: readonly Json[];
  readonly principal: Json | undefined;
  readonly condition: Json | undefined;
}

const documentsOf = ({ properties }: Resource): readonly (Json | undefined)[] => [
  properties.PolicyDocument,
  ...listOf(properties.Policies).map((policy) => (isObject(policy) ? policy.PolicyDocument : undefined)),
];

const statementOf = (resource: Resource, statement: Json): readonly Statement[] =>
  isObject(statement)
    ? [
        {
          resource,
          effect: String(statement.Effect),
          actions: listOf(statement.Action).map(String),
          targets: listOf(statement.Resource),
          principal: statement.Principal,
          condition: statement.Condition,
        },
      ]
    : [];

const statementsIn = (resource: Resource): readonly Statement[] =>
  documentsOf(resource).flatMap((document) =>
    isObject(document) ? listOf(document.Statement).flatMap((each) => statementOf(resource, each)) : [],
  );

const IDENTITY = ['AWS::IAM::Policy', 'AWS::IAM::Role'];

/** What roles are allowed. */
export const grantsIn = ({ resources }: Template): readonly Statement[] =>
  resources
    .filter(({ type }) => IDENTITY.includes(type))
    .flatMap(statementsIn)
    .filter(({ effect }) => effect === 'Allow');

/** What queues, topics and buses allow others. */
export const resourcePoliciesIn = ({ resources }: Template): readonly Statement[] =>
  resources
    .filter(({ type }) => !IDENTITY.includes(type))
    .flatMap(statementsIn)
    .filter(({ effect }) => effect === 'Allow');
