import { lastLines } from '../problem.ts';
import type { Site } from '../site.ts';

/** A second synthesis of the same sources differs in nothing from what is deployed. */
export const showsNoDifference = async ({ cdk }: Site): Promise<void> => {
  const { code, output } = await cdk.run(['diff', '--all', '-c', 'stage=emulator', '--fail']);
  if (code !== 0) throw new Error(lastLines(output, 40));
  if (!/Number of stacks with differences: 0/.test(output))
    throw new Error(`cdk diff does not say so:\n${lastLines(output)}`);
};
