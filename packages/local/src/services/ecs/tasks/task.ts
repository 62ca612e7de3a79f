import { type GuardedProcess, startProcess } from '../../../compute/guarded-process.ts';
import { afterRealTime } from '../../../core/clock.ts';
import type { TaskDefinition } from '../state/task-definition.ts';
import { type Health, watchHealth } from './health.ts';
import type { Launcher, TaskPlan } from './launcher.ts';

export type TaskStatus = 'RUNNING' | 'STOPPING' | 'STOPPED';

export interface TaskEvents {
  onText(level: 'INFO' | 'ERROR', text: string): void;
  /** Its status or health is another one. */
  onChange(task: Task): void;
}

/** One running copy of a container. */
export interface Task {
  readonly id: string;
  readonly definition: TaskDefinition;
  readonly port: number;
  readonly startedAtMs: number;
  readonly pid: number | undefined;
  status(): TaskStatus;
  /** `UNKNOWN` until the first good or the last bad look, and always without a health check. */
  health(): Health | 'UNKNOWN';
  /** Whether it takes requests: healthy, or running when nothing is asked about its health. */
  isUp(): boolean;
  wasUp(): boolean;
  /** Why it stopped; empty while it runs. */
  reason(): string;
  /** SIGTERM, and SIGKILL after the definition's stop timeout, or sooner. Resolves when it has ended. */
  stop(reason: string, withinMs?: number): Promise<void>;
  /** Ends it in the middle of what it does. */
  kill(): void;
}

/** Runs a health check's command; a check that takes too long has failed. */
const createLook =
  (launcher: Launcher, plan: TaskPlan, argv: readonly string[], timeoutMs: number) => async (): Promise<boolean> => {
    const check = startProcess(launcher.exec(plan, argv), { onText: () => undefined });
    const cancel = afterRealTime(timeoutMs, check.kill);
    const ended = await check.ended;
    cancel();
    return ended === 'exit code 0';
  };

export interface TaskStart {
  readonly plan: TaskPlan;
  readonly definition: TaskDefinition;
  readonly port: number;
  readonly startedAtMs: number;
}

export const startTask = (start: TaskStart, launcher: Launcher, events: TaskEvents): Task => {
  const { plan, definition } = start;
  const { healthCheck } = definition;
  const process: GuardedProcess = startProcess(launcher.run(plan), events);
  let status: TaskStatus = 'RUNNING';
  let health: Health | 'UNKNOWN' = 'UNKNOWN';
  let reason = '';
  let wasUp = healthCheck === undefined;

  const monitor =
    healthCheck &&
    watchHealth(healthCheck, createLook(launcher, plan, healthCheck.argv, healthCheck.timeoutMs), (next) => {
      health = next;
      wasUp ||= next === 'HEALTHY';
      events.onChange(task);
    });

  const ended = process.ended.then((how) => {
    status = 'STOPPED';
    reason ||= how;
    monitor?.stop();
    events.onChange(task);
  });

  const task: Task = {
    id: plan.taskId,
    definition,
    port: start.port,
    startedAtMs: start.startedAtMs,
    pid: process.pid,
    status: () => status,
    health: () => health,
    isUp: () => status === 'RUNNING' && (healthCheck === undefined || health === 'HEALTHY'),
    wasUp: () => wasUp,
    reason: () => reason,
    stop: async (why, withinMs = definition.stopTimeoutMs) => {
      if (status === 'STOPPED') return;
      if (status === 'RUNNING') {
        status = 'STOPPING';
        reason = why;
        monitor?.stop();
        events.onChange(task);
      }
      const cancel = afterRealTime(Math.min(withinMs, definition.stopTimeoutMs), process.kill);
      process.terminate();
      await ended;
      cancel();
    },
    kill: process.kill,
  };
  return task;
};
