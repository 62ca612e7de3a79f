/**
 * `pending` is work the system must still do (a delivery, a retry, a batch window): while any is left the system is not
 * quiet. `planned` lies in the future by design (a schedule, a message delay, a TTL sweep, a timeout guard).
 */
export type TaskKind = 'pending' | 'planned';

export interface Task {
  readonly id: number;
  readonly dueAtMs: number;
  readonly kind: TaskKind;
  /** What will happen, e.g. `retry delivery`. */
  readonly what: string;
  /** What it is done for: a resource's physical name. */
  readonly subject: string;
}
