import { type ControlOperation, ControlRefusal } from './control-operation.ts';

const ending = (action: 'stop' | 'kill'): ControlOperation => ({
  method: 'POST',
  argument: 'task',
  action,
  run: ({ world }, body, taskId) => {
    if (Object.keys(body).length > 0) throw new ControlRefusal(400, `${action} takes no body`);
    world.need('tasks').endTask(taskId, action);
    return { status: 202, body: { task: taskId } };
  },
});

/** Shows services of containers with their tasks, and ends one task: in order, or as the failure of a host does. */
export const taskOperations: readonly ControlOperation[] = [
  {
    method: 'GET',
    run: ({ services }) => ({
      body: services.find(({ signingName }) => signingName === 'ecs')?.inspect?.() ?? [],
    }),
  },
  ending('stop'),
  ending('kill'),
];
