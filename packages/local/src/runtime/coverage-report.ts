import type { PropertyVerdicts, Verdict } from '../assembly/coverage.ts';
import type { UnknownResource } from '../assembly/graph.ts';
import type { ResolvedAssembly } from '../assembly/resource-graph.ts';

/** One property that templates set and that has no effect here. */
export interface PropertyGap {
  readonly type: string;
  readonly path: string;
  /** `unknown` is not known to the runtime at all; `notEmulated` was left out on purpose, for `reason`. */
  readonly kind: 'notEmulated' | 'unknown';
  readonly reason: string;
  readonly resources: readonly string[];
}

export interface CoverageReport {
  readonly resources: number;
  /** Property settings in all templates, and how many of them have their effect here. */
  readonly settings: number;
  readonly honoured: number;
  readonly types: readonly UnknownResource[];
  readonly properties: readonly PropertyGap[];
}

const gapOf = (type: string, path: string, verdict: Verdict): Omit<PropertyGap, 'resources'> | undefined => {
  if (verdict.kind === 'honoured') return undefined;
  const reason = verdict.kind === 'notEmulated' ? verdict.reason : 'unknown to the runtime';
  return { type, path, kind: verdict.kind, reason };
};

export const coverageReport = (
  { resources, unknown }: ResolvedAssembly,
  verdicts: ReadonlyMap<string, PropertyVerdicts>,
): CoverageReport => {
  const gaps = new Map<string, PropertyGap & { resources: string[] }>();
  let settings = 0;
  let honoured = 0;
  for (const { stack, logicalId, type, properties } of resources) {
    for (const [path, verdict] of verdicts.get(type)?.walk(properties) ?? []) {
      settings += 1;
      const gap = gapOf(type, path, verdict);
      if (!gap) {
        honoured += 1;
        continue;
      }
      const key = `${type}.${path}`;
      const listed = gaps.get(key) ?? { ...gap, resources: [] };
      gaps.set(key, listed);
      listed.resources.push(`${stack}/${logicalId}`);
    }
  }
  const properties = [...gaps.values()].sort((a, b) => `${a.type}.${a.path}`.localeCompare(`${b.type}.${b.path}`));
  return { resources: resources.length + unknown.length, settings, honoured, types: unknown, properties };
};
