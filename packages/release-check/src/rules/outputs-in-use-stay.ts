import { at } from '@archipelago/house-rules';
import { type OutputReference, referencesIn } from './references.ts';
import type { DeployRule, Refusal } from './release.ts';

const refusal = (provider: string, output: string, what: string, users: readonly OutputReference[]): Refusal => ({
  subject: `${provider}/${output}`,
  what: `output ${output} ${what}`,
  where: `stack ${provider}; used by ${[...new Set(users.map(({ stack, logicalId }) => `${stack}/${logicalId}`))].join(', ')}`,
  why: 'a stack that reads it cannot be deployed or rolled back any more',
  remedy: 'keep the output; first deploy the stacks that use it without it, then remove it',
});

/** An output stays, under its name, as long as a stack that is deployed or about to be reads it. */
export const outputsInUseStay: DeployRule = (before, after) => {
  const references = [...referencesIn(before), ...referencesIn(after)];
  const later = new Map(after.stacks.map(({ stack, outputs }) => [stack, outputs]));
  return before.stacks.flatMap(({ stack, outputs }) =>
    Object.entries(outputs).flatMap(([output, definition]) => {
      const users = references.filter(
        (each) => each.provider === stack && each.output === output && each.stack !== stack,
      );
      if (users.length === 0) return [];
      const now = later.get(stack)?.[output];
      if (now === undefined) return [refusal(stack, output, 'would be removed', users)];
      const name = at(definition, 'Export.Name');
      const isRenamed = name !== undefined && JSON.stringify(name) !== JSON.stringify(at(now, 'Export.Name'));
      return isRenamed ? [refusal(stack, output, 'would be exported under another name', users)] : [];
    }),
  );
};
