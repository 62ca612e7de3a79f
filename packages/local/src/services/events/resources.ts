import { givePolicy, givingType, takePolicy } from '../../assembly/given-policies.ts';
import { refuse, textOf } from '../../assembly/values.ts';
import type { Resource, ResourceType } from '../../core/emulated-service.ts';
import { isObject, type JsonObject } from '../../core/json.ts';
import { physicalName } from '../../core/physical-name.ts';
import type { Targets, World } from '../../core/world.ts';
import { checkPattern } from '../../language/event-pattern/matches-pattern.ts';
import type { Archives } from './state/archives.ts';
import { type Buses, busNameOf } from './state/event-bus.ts';
import { targetsOf } from './state/rule.ts';
import type { Rules } from './state/rules.ts';

const TAGS = { Tags: 'tags have no effect here' };

const nameIn = (resource: Resource, property: string) =>
  textOf(resource.properties[property]) ?? physicalName(resource);

const patternIn = ({ properties }: Resource) =>
  isObject(properties.EventPattern) ? properties.EventPattern : undefined;

const descriptionIn = ({ properties }: Resource) => {
  const description = textOf(properties.Description);
  return description === undefined ? {} : { description };
};

const busType = (world: World, buses: Buses): ResourceType => ({
  type: 'AWS::Events::EventBus',
  honoured: ['Name', 'Description', 'Policy'],
  notEmulated: {
    ...TAGS,
    KmsKeyIdentifier: 'nothing is encrypted here',
    LogConfig: 'see GET /control/events',
    DeadLetterConfig: 'it is for events that cannot be decrypted, and nothing is encrypted here',
    EventSourceName: 'there are no partner event sources here',
  },
  identify: (resource) => {
    const name = nameIn(resource, 'Name');
    return { ref: name, attributes: { Arn: buses.busArn(name), Name: name } };
  },
  repeatable: true,
  create: (resource) => {
    const { arn } = buses.addBus(nameIn(resource, 'Name'), textOf(resource.properties.Description));
    const { Policy } = resource.properties;
    if (Policy !== undefined) givePolicy(world, resource, arn, Policy);
  },
});

/** The older properties of a policy of a bus, for those that state no `Statement`. */
const statementOf = ({ Action, Principal, Condition }: JsonObject, Resource: string): JsonObject => ({
  Effect: 'Allow',
  Action: Action ?? 'events:PutEvents',
  Principal: Principal === '*' ? '*' : { AWS: Principal ?? '' },
  Resource,
  ...(isObject(Condition) && {
    Condition: { [String(Condition.Type)]: { [String(Condition.Key)]: Condition.Value ?? '' } },
  }),
});

const busPolicyType = (world: World, buses: Buses): ResourceType => {
  const busArn = ({ properties }: Resource) => buses.busArn(busNameOf(textOf(properties.EventBusName)));
  const give = (resource: Resource): void => {
    const { Statement, ...older } = resource.properties;
    const statement = Statement ?? statementOf(older, busArn(resource));
    givePolicy(world, resource, busArn(resource), { Version: '2012-10-17', Statement: [statement] });
  };
  return givingType(
    {
      type: 'AWS::Events::EventBusPolicy',
      honoured: ['StatementId', 'EventBusName', 'Statement', 'Action', 'Principal', 'Condition'],
      identify: (resource) => ({
        ref: textOf(resource.properties.StatementId) ?? physicalName(resource),
        attributes: {},
      }),
    },
    give,
    (resource) => takePolicy(world, resource, busArn(resource)),
  );
};

/** Its events would be lost without a word. */
const refuseUnknownTargets = (targets: Targets, resource: Resource): void => {
  for (const { id, arn } of targetsOf(resource.properties.Targets).values()) {
    if (targets.emulates(arn)) continue;
    throw refuse(resource, `target ${id} is not emulated: ${arn}`, 'leave the target out in this stage');
  }
};

const ruleType = (buses: Buses, rules: Rules, targets: Targets): ResourceType => {
  const identify = (resource: Resource) => {
    const name = nameIn(resource, 'Name');
    const busName = busNameOf(textOf(resource.properties.EventBusName));
    // CloudFormation's physical id of a rule on another bus than the default one holds both names.
    const ref = busName === 'default' ? name : `${busName}|${name}`;
    return { ref, attributes: { Arn: buses.ruleArn(busName, name) } };
  };
  return {
    type: 'AWS::Events::Rule',
    honoured: [
      ...['Name', 'Description', 'EventBusName', 'EventPattern', 'ScheduleExpression', 'State', 'RoleArn'],
      ...['Id', 'Arn', 'RoleArn', 'Input', 'InputPath', 'InputTransformer', 'RetryPolicy', 'DeadLetterConfig'].map(
        (property) => `Targets.${property}`,
      ),
    ],
    notEmulated: {
      ...TAGS,
      'Targets.SqsParameters': 'queues here know no message groups',
    },
    identify,
    repeatable: true,
    remove: (resource) => rules.drop(busNameOf(textOf(resource.properties.EventBusName)), nameIn(resource, 'Name')),
    create: (resource) => {
      const { properties } = resource;
      refuseUnknownTargets(targets, resource);
      const pattern = patternIn(resource);
      const scheduleExpression = textOf(properties.ScheduleExpression);
      const busName = busNameOf(textOf(properties.EventBusName));
      const roleArn = textOf(properties.RoleArn);
      rules.put({
        name: nameIn(resource, 'Name'),
        arn: String(identify(resource).attributes.Arn),
        busName,
        enabled: properties.State !== 'DISABLED',
        targets: targetsOf(properties.Targets),
        ...(pattern && { pattern }),
        ...(scheduleExpression !== undefined && { scheduleExpression }),
        ...(roleArn !== undefined && { roleArn }),
        ...descriptionIn(resource),
      });
    },
  };
};

const archiveType = (archives: Archives): ResourceType => ({
  type: 'AWS::Events::Archive',
  honoured: ['ArchiveName', 'SourceArn', 'EventPattern', 'RetentionDays', 'Description'],
  notEmulated: { KmsKeyIdentifier: 'nothing is encrypted here' },
  identify: (resource) => {
    const name = nameIn(resource, 'ArchiveName');
    return { ref: name, attributes: { Arn: archives.arnOf(name), ArchiveName: name } };
  },
  repeatable: true,
  create: (resource) => {
    const name = nameIn(resource, 'ArchiveName');
    const pattern = patternIn(resource);
    if (pattern) checkPattern(pattern);
    archives.add({
      name,
      arn: archives.arnOf(name),
      sourceArn: textOf(resource.properties.SourceArn) ?? '',
      retentionDays: Number(resource.properties.RetentionDays ?? 0),
      ...(pattern && { pattern }),
      ...descriptionIn(resource),
    });
  },
});

export const eventResourceTypes = (
  world: World,
  buses: Buses,
  rules: Rules,
  archives: Archives,
): readonly ResourceType[] => [
  busType(world, buses),
  busPolicyType(world, buses),
  ruleType(buses, rules, world.targets),
  archiveType(archives),
];
