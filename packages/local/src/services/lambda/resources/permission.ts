import { givePolicy, givingType, takePolicy } from '../../../assembly/given-policies.ts';
import { templateValues } from '../../../assembly/values.ts';
import type { Resource, ResourceType } from '../../../core/emulated-service.ts';
import type { JsonObject } from '../../../core/json.ts';
import type { World } from '../../../core/world.ts';
import { qualifiedArn } from '../state/acts.ts';

/** A service, everyone, or an account or role. */
const principalOf = (name: string): JsonObject | string => {
  if (name === '*') return name;
  return name.endsWith('.amazonaws.com') ? { Service: name } : { AWS: name };
};

/** Each property that narrows a permission, as the condition that Lambda makes of it. */
const CONDITIONS: readonly (readonly [property: string, operator: string, key: string])[] = [
  ['SourceArn', 'ArnLike', 'aws:SourceArn'],
  ['SourceAccount', 'StringEquals', 'aws:SourceAccount'],
  ['PrincipalOrgID', 'StringEquals', 'aws:PrincipalOrgID'],
  ['FunctionUrlAuthType', 'StringEquals', 'lambda:FunctionUrlAuthType'],
  ['InvokedViaFunctionUrl', 'Bool', 'lambda:InvokedViaFunctionUrl'],
  ['EventSourceToken', 'StringEquals', 'lambda:EventSourceToken'],
];

const conditionOf = ({ properties }: Resource): JsonObject => {
  const condition: Record<string, JsonObject> = {};
  for (const [property, operator, key] of CONDITIONS) {
    const wanted = properties[property];
    if (wanted !== undefined) condition[operator] = { ...condition[operator], [key]: wanted };
  }
  return condition;
};

/** AWS::Lambda::Permission: one statement of the policy of a function, an alias or a version. */
export const permissionType = (world: World): ResourceType => {
  const arnOf = (resource: Resource) => qualifiedArn(world, templateValues(resource).requiredText('FunctionName'));

  const give = (resource: Resource): void => {
    const values = templateValues(resource);
    const statement = {
      Effect: 'Allow',
      Principal: principalOf(values.requiredText('Principal')),
      Action: values.requiredText('Action'),
      Resource: arnOf(resource),
      Condition: conditionOf(resource),
    };
    givePolicy(world, resource, arnOf(resource), { Version: '2012-10-17', Statement: [statement] });
  };

  return givingType(
    {
      type: 'AWS::Lambda::Permission',
      honoured: ['Action', 'FunctionName', 'Principal', ...CONDITIONS.map(([property]) => property)],
      identify: ({ stack, logicalId }) => ({
        ref: `${stack}-${logicalId}`,
        attributes: { Id: `${stack}-${logicalId}` },
      }),
    },
    give,
    (resource) => takePolicy(world, resource, arnOf(resource)),
  );
};
