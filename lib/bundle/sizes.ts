import type { BundleReport } from './bundle-all.ts';

const kilobytes = (bytes: number) => `${Math.round(bytes / 1024)} KB`;

/** One line per service: how many functions, and from what size to what. */
export const sizesTable = ({ bundles, durationMs }: BundleReport): string => {
  const services = Map.groupBy(bundles, ({ service }) => service);
  const lines = [...services].map(([service, own]) => {
    const sizes = own.map(({ bytes }) => bytes);
    const range = `${kilobytes(Math.min(...sizes))} to ${kilobytes(Math.max(...sizes))}`.padStart(20);
    return `${service.padEnd(18)}${String(own.length).padStart(3)} functions${range}`;
  });
  return [...lines, `${bundles.length} functions bundled in ${Math.round(durationMs)} ms`].join('\n');
};
