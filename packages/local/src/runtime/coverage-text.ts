import type { CoverageReport, PropertyGap } from './coverage-report.ts';

const groupBy = <T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> => {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
};

const propertyLine = ({ path, kind, reason, resources }: PropertyGap) =>
  `  ${path} (${resources.length}): ${kind === 'unknown' ? 'UNKNOWN to the runtime' : reason}`;

/** The whole report as text: unknown resource types with their resources, then properties by type. */
export const coverageText = ({ resources, settings, honoured, types, properties }: CoverageReport): string => {
  const lines = [
    `${resources} resources, ${settings} property settings: ${honoured} honoured, ${settings - honoured} without effect here.`,
    '',
  ];
  for (const [type, found] of groupBy(types, (resource) => resource.type)) {
    lines.push(`${type}: not emulated`, ...found.map(({ stack, logicalId }) => `  ${stack}/${logicalId}`), '');
  }
  for (const [type, gaps] of groupBy(properties, (gap) => gap.type)) lines.push(type, ...gaps.map(propertyLine), '');
  return lines.join('\n');
};
