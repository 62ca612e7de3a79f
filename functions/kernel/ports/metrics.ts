export interface Measure {
  readonly value: number;
  readonly unit: 'Count' | 'Milliseconds';
}

/** Measures of one unit of work, recorded under the dimensions service and function, and those given besides. */
export interface Metrics {
  record(measures: Readonly<Record<string, Measure>>, besides?: Readonly<Record<string, string>>): void;
}

export const count = (value: number): Measure => ({ value, unit: 'Count' });

export const milliseconds = (value: number): Measure => ({ value, unit: 'Milliseconds' });
