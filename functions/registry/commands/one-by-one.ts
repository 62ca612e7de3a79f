import type { Log } from '../../kernel/ports/log.ts';
import type { InstanceName } from '../rows/lease-rows.ts';

/** How many instances were changed, and how many could not be looked after; the next run tries those again. */
export interface Tally {
  readonly mended: number;
  readonly failed: number;
}

/** Does what each instance needs, one after another; one that fails is logged and stops no other. */
export const oneByOne = async <Instance extends InstanceName>(
  instances: readonly Instance[],
  log: Pick<Log, 'error'>,
  mend: (instance: Instance) => Promise<boolean>,
): Promise<Tally> => {
  const tally = { mended: 0, failed: 0 };
  for (const instance of instances) {
    try {
      if (await mend(instance)) tally.mended += 1;
    } catch (thrown) {
      tally.failed += 1;
      log.error('instance not mended', { instance: `${instance.service}/${instance.id}`, error: String(thrown) });
    }
  }
  return tally;
};
