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

const shortType = (type: string) => type.replace(/^AWS::/, '').replace('::', ' ');

/** `AWS::A::B` types and properties in at most `width` characters, the unexpected first, the rest counted. */
export const coverageLine = ({ types, properties }: CoverageReport, width: number): string => {
  const unknownTypes = [...groupBy(types, ({ type }) => type)].map(
    ([type, found]) => `${shortType(type)} ×${found.length} (${found.map(({ logicalId }) => logicalId).join(', ')})`,
  );
  const byType = groupBy(
    [...properties].sort((a, b) => b.kind.localeCompare(a.kind)),
    ({ type }) => type,
  );
  const parts = [
    ...unknownTypes,
    ...[...byType].map(
      ([type, gaps]) => `${shortType(type)}: ${[...new Set(gaps.map(({ path }) => path))].join(', ')}`,
    ),
  ];
  const shown: string[] = [];
  let length = 0;
  for (const part of parts) {
    if (shown.length > 0 && length + part.length > width) break;
    shown.push(part.length > width ? `${part.slice(0, width - 1)}…` : part);
    length += part.length + 2;
  }
  const hidden = parts.length - shown.length;
  return [...shown, ...(hidden > 0 ? [`${hidden} more types`] : [])].join('; ');
};
