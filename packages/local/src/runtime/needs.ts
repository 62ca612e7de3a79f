import type { PropertyVerdicts } from '../assembly/coverage.ts';
import type { Reference, ResolvedAssembly } from '../assembly/resource-graph.ts';
import { StartError } from '../core/start-error.ts';

/** Types that only say who may do what: naming a resource that is not there takes nothing away. */
const GRANTS = /^AWS::IAM::|^AWS::Lambda::Permission$|Policy$/;

const isNeed = ({ from, at }: Reference, verdicts: ReadonlyMap<string, PropertyVerdicts>) =>
  !GRANTS.test(from.type) && verdicts.get(from.type)?.verdictOf(at).kind === 'honoured';

/** Refuses an assembly in which something that runs here would use something that does not. */
export const refuseMissingNeeds = (
  { references }: ResolvedAssembly,
  verdicts: ReadonlyMap<string, PropertyVerdicts>,
): void => {
  const needs = references.filter((reference) => isNeed(reference, verdicts));
  const [first] = needs;
  if (!first) return;
  const lines = needs.map(
    ({ from, at, to }) =>
      `${to.logicalId} (${to.type}, stack ${to.stack}), which ${from.logicalId} needs for ${at.join('.')}`,
  );
  throw new StartError(
    `not emulated: ${[...new Set(lines)].join('; ')}`,
    `stack ${first.from.stack}`,
    'take that resource out of the stage that runs here, or run the function against AWS',
  );
};
