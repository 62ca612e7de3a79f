import { remains } from '../remains.ts';
import type { Site } from '../site.ts';

/** What stage `emulator` retains: nothing, as `dev`. */
const RETAINED: readonly string[] = [];

export const destroysAll = async ({ cdk, assembly, deployment }: Site): Promise<void> => {
  const before = await remains(deployment.endpoint);
  if (before.length === 0) throw new Error('the look for what is left does not even see what stands');
  await cdk.succeed(['destroy', '--all', '--app', assembly, '--force']);
  const left = (await remains(deployment.endpoint)).filter((each) => !RETAINED.includes(each));
  if (left.length > 0) throw new Error(`left behind:\n${left.join('\n')}`);
};
