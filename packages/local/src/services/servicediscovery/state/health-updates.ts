import type { Task } from '../../../core/agenda/task.ts';
import { AwsError } from '../../../core/aws-call.ts';
import type { World } from '../../../core/world.ts';
import type { Directory, Health, Service } from './directory.ts';

/** Cloud Map changes the status about this long after UpdateInstanceCustomHealthStatus (its FailureThreshold of 1). */
const HEALTH_DELAY_MS = 30_000;

/** Custom health reports on their way into the directory. */
export const createHealthUpdates = ({ agenda, clock }: World, directory: Directory) => {
  const waiting = new Map<string, { readonly task: Task; readonly health: Health }>();

  const forget = (service: Service, id: string) => {
    const key = `${service.id}/${id}`;
    const update = waiting.get(key);
    if (update) agenda.cancel(update.task);
    waiting.delete(key);
  };

  return {
    forget,
    /** Repeating a report does not speed it up; reporting the current status again calls a waiting change off. */
    report: (service: Service, id: string, health: Health) => {
      if (!service.customHealth)
        throw new AwsError('CustomHealthNotFound', `${service.id} has no custom health check configured`);
      const key = `${service.id}/${id}`;
      const { health: current } = directory.instance(service, id);
      if (waiting.get(key)?.health === health) return;
      forget(service, id);
      if (current === health) return;
      const entry = {
        dueAtMs: clock.now() + HEALTH_DELAY_MS,
        kind: 'planned',
        what: `take over health ${health}`,
        subject: `${service.name}/${id}`,
      } as const;
      const task = agenda.schedule(entry, () => {
        waiting.delete(key);
        directory.setHealth(service, id, health);
      });
      waiting.set(key, { task, health });
    },
  };
};

export type HealthUpdates = ReturnType<typeof createHealthUpdates>;
