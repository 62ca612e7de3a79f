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

const PERCENTS = ['cpu', 'memory'] as const;

/** `{"cpu": 90}`: of each minute from now on; `{}` says no more. */
const loading: ControlOperation = {
  method: 'POST',
  argument: 'service',
  action: 'load',
  run: ({ world }, body, service) => {
    const isPercent = ([name, value]: readonly [string, unknown]) =>
      PERCENTS.some((known) => known === name) && typeof value === 'number' && value >= 0;
    if (!Object.entries(body).every(isPercent))
      throw new ControlRefusal(400, 'load is given in percent: {"cpu": 90, "memory": 40}');
    const load = Object.fromEntries(Object.entries(body).map(([name, value]) => [name, Number(value)]));
    world.need('load').say(service, load);
    return { status: 202, body: { service, ...load } };
  },
};

/** Shows services of containers with their tasks, ends one task, in order or as the failure of a host does, and says how busy they are. */
export const taskOperations: readonly ControlOperation[] = [
  {
    method: 'GET',
    run: ({ services }) => ({
      body: services.find(({ signingName }) => signingName === 'ecs')?.inspect?.() ?? [],
    }),
  },
  ending('stop'),
  ending('kill'),
  loading,
];
