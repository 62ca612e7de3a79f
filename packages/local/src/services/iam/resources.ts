import { givePolicy, givingType, takePolicy } from '../../assembly/given-policies.ts';
import { textOf, textsOf } from '../../assembly/values.ts';
import type { Resource, ResourceType } from '../../core/emulated-service.ts';
import { isList, isObject } from '../../core/json.ts';
import { physicalName } from '../../core/physical-name.ts';
import type { World } from '../../core/world.ts';

const DESCRIPTION = { Description: 'shown by AWS only' };
const USERS = 'there are no users here; every caller is a role or an operator';

const nameIn = (resource: Resource, property: string): string =>
  textOf(resource.properties[property]) ?? physicalName(resource);

/** `/` or `/service/`. */
const pathIn = ({ properties }: Resource): string => textOf(properties.Path) ?? '/';

const inlineIn = ({ properties }: Resource) =>
  isList(properties.Policies) ? properties.Policies.filter(isObject) : [];

/** The construct that a person looks for: its child of this name is a detail of it. */
const constructOf = ({ metadata }: Resource): string | undefined =>
  textOf(metadata['aws:cdk:path'])?.replace(/\/Resource$/, '');

/** How resources name what has a policy, and what they do to it. */
const createHolders = (world: World) => {
  const { access, partition, account } = world;
  const arnOf = (kind: string, path: string, name: string) => `arn:${partition}:iam::${account}:${kind}${path}${name}`;
  /** Templates attach policies to roles by name, which holds no path. */
  const roleArns = new Map<string, string>();

  const roleArn = (resource: Resource): string => arnOf('role', pathIn(resource), nameIn(resource, 'RoleName'));

  return {
    roleArn,
    managedArn: (resource: Resource) => arnOf('policy', pathIn(resource), nameIn(resource, 'ManagedPolicyName')),
    rolesOf: ({ properties }: Resource): readonly string[] =>
      textsOf(properties.Roles).map((name) => roleArns.get(name) ?? arnOf('role', '/', name)),
    addRole: (resource: Resource): void => {
      const { ManagedPolicyArns, PermissionsBoundary } = resource.properties;
      roleArns.set(nameIn(resource, 'RoleName'), roleArn(resource));
      access.policies.role(roleArn(resource), {
        construct: constructOf(resource),
        managed: textsOf(ManagedPolicyArns),
        boundary: textOf(PermissionsBoundary),
      });
    },
    giveTo: (holders: readonly string[], resource: Resource): void => {
      for (const holder of holders) givePolicy(world, resource, holder, resource.properties.PolicyDocument);
    },
    takeFrom: (holders: readonly string[], resource: Resource): void => {
      for (const holder of holders) takePolicy(world, resource, holder);
    },
  };
};

type Holders = ReturnType<typeof createHolders>;

const roleType = (world: World, { roleArn, addRole }: Holders): ResourceType => {
  const role = givingType(
    {
      type: 'AWS::IAM::Role',
      honoured: ['RoleName', 'Path', 'Policies', 'ManagedPolicyArns', 'PermissionsBoundary'],
      notEmulated: {
        ...DESCRIPTION,
        AssumeRolePolicyDocument: 'whatever a template gives the role to takes it',
        MaxSessionDuration: 'credentials here last as long as what they were issued to',
        Tags: 'tags have no effect here',
      },
      identify: (resource) => ({
        ref: nameIn(resource, 'RoleName'),
        attributes: { Arn: roleArn(resource), RoleId: `AROA${physicalName(resource).slice(-12)}` },
      }),
    },
    (resource) => {
      addRole(resource);
      for (const inline of inlineIn(resource)) {
        givePolicy(world, resource, roleArn(resource), inline.PolicyDocument, String(inline.PolicyName));
      }
    },
    (resource) => {
      for (const inline of inlineIn(resource)) {
        takePolicy(world, resource, roleArn(resource), String(inline.PolicyName));
      }
    },
  );
  return { ...role, remove: (resource) => world.access.policies.forget(roleArn(resource)) };
};

const policyType = ({ rolesOf, giveTo, takeFrom }: Holders): ResourceType =>
  givingType(
    {
      type: 'AWS::IAM::Policy',
      honoured: ['PolicyDocument', 'PolicyName', 'Roles'],
      notEmulated: { Users: USERS, Groups: USERS },
      identify: (resource) => {
        const name = nameIn(resource, 'PolicyName');
        return { ref: name, attributes: { Id: name } };
      },
    },
    (resource) => giveTo(rolesOf(resource), resource),
    (resource) => takeFrom(rolesOf(resource), resource),
  );

const managedPolicyType = ({ managedArn, rolesOf, giveTo, takeFrom }: Holders): ResourceType => {
  const holdersOf = (resource: Resource) => [managedArn(resource), ...rolesOf(resource)];
  return givingType(
    {
      type: 'AWS::IAM::ManagedPolicy',
      honoured: ['PolicyDocument', 'ManagedPolicyName', 'Path', 'Roles'],
      notEmulated: { ...DESCRIPTION, Users: USERS, Groups: USERS },
      identify: (resource) => ({ ref: managedArn(resource), attributes: { PolicyArn: managedArn(resource) } }),
    },
    (resource) => giveTo(holdersOf(resource), resource),
    (resource) => takeFrom(holdersOf(resource), resource),
  );
};

export const iamResourceTypes = (world: World): readonly ResourceType[] => {
  const holders = createHolders(world);
  return [roleType(world, holders), policyType(holders), managedPolicyType(holders)];
};
