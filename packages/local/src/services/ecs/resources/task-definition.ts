import type { ResourceType } from '../../../core/emulated-service.ts';
import type { World } from '../../../core/world.ts';
import { familyOf, type TaskDefinitions } from '../state/task-definition.ts';

const SIZE = 'a task takes what it needs of this machine';
const CONTAINER = 'ContainerDefinitions';

export const taskDefinitionType = (world: World, definitions: TaskDefinitions): ResourceType => ({
  type: 'AWS::ECS::TaskDefinition',
  honoured: [
    'Family',
    'TaskRoleArn',
    'ExecutionRoleArn',
    ...['Name', 'Image', 'Command', 'EntryPoint', 'Environment', 'HealthCheck', 'StopTimeout'].map(
      (name) => `${CONTAINER}.${name}`,
    ),
    `${CONTAINER}.PortMappings.ContainerPort`,
  ],
  notEmulated: {
    '*': 'tasks are processes of this machine',
    Cpu: SIZE,
    Memory: SIZE,
    [`${CONTAINER}.Essential`]: 'a task has one container here',
    [`${CONTAINER}.LogConfiguration`]: 'log lines are kept in memory for the session; see GET /control/logs',
    [`${CONTAINER}.PortMappings`]: 'the runtime gives each task a port of its own, in PORT',
    [`${CONTAINER}.ReadonlyRootFilesystem`]: 'a process sees the files of this machine',
    [`${CONTAINER}.Secrets`]: 'secrets are not read here',
    [`${CONTAINER}.User`]: 'tasks run as the user who started the runtime',
  },
  identify: (resource) => {
    const name = `${familyOf(resource)}:${definitions.revisionOf(resource)}`;
    const arn = `arn:${world.partition}:ecs:${world.region}:${world.account}:task-definition/${name}`;
    return { ref: arn, attributes: { TaskDefinitionArn: arn } };
  },
  create: (resource) => definitions.add(resource.identity?.ref ?? '', resource),
  remove: (resource) => definitions.remove(resource.identity?.ref ?? ''),
});
