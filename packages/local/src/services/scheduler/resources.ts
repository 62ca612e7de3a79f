import { textOf } from '../../assembly/values.ts';
import type { Resource, ResourceType } from '../../core/emulated-service.ts';
import { physicalName } from '../../core/physical-name.ts';
import type { World } from '../../core/world.ts';
import type { ArnOf } from './operations.ts';
import { scheduleOf } from './state/schedule.ts';
import type { Timetable } from './state/timetable.ts';

const nameIn = (resource: Resource) => textOf(resource.properties.Name) ?? physicalName(resource);

export const schedulerResourceTypes = (world: World, timetable: Timetable, arnOf: ArnOf): readonly ResourceType[] => {
  const namesOf = (resource: Resource) => {
    const name = nameIn(resource);
    const groupName = textOf(resource.properties.GroupName) ?? 'default';
    return { name, groupName, arn: arnOf('schedule', `${groupName}/${name}`) };
  };
  return [
    {
      type: 'AWS::Scheduler::ScheduleGroup',
      honoured: ['Name'],
      notEmulated: { Tags: 'tags have no effect here' },
      identify: (resource) => ({
        ref: nameIn(resource),
        attributes: { Arn: arnOf('schedule-group', nameIn(resource)), State: 'ACTIVE' },
      }),
      create: (resource) => timetable.addGroup(nameIn(resource)),
    },
    {
      type: 'AWS::Scheduler::Schedule',
      honoured: [
        ...['Name', 'GroupName', 'Description', 'State', 'StartDate', 'EndDate', 'FlexibleTimeWindow'],
        ...['ScheduleExpression', 'ScheduleExpressionTimezone', 'ActionAfterCompletion'],
        ...['Arn', 'Input', 'RoleArn', 'RetryPolicy', 'DeadLetterConfig', 'EventBridgeParameters'].map(
          (property) => `Target.${property}`,
        ),
      ],
      notEmulated: {
        KmsKeyArn: 'nothing is encrypted here',
        'Target.SqsParameters': 'queues here know no message groups',
      },
      identify: (resource) => ({ ref: nameIn(resource), attributes: { Arn: namesOf(resource).arn } }),
      create: (resource) => timetable.add(scheduleOf(resource.properties, namesOf(resource), world.clock.now())),
      update: (resource) => {
        timetable.replace(scheduleOf(resource.properties, namesOf(resource), world.clock.now()));
        return true;
      },
      remove: (resource) => {
        const { groupName, name } = namesOf(resource);
        timetable.remove(groupName, name);
      },
    },
  ];
};
