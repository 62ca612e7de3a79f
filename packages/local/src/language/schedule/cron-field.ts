export interface FieldRange {
  readonly lowest: number;
  readonly highest: number;
  /** Names that stand for numbers from `lowest` on, e.g. JAN. */
  readonly names?: readonly string[];
}

const numberIn = (text: string, { lowest, highest, names = [] }: FieldRange): number => {
  const upper = text.toUpperCase();
  const value = names.includes(upper) ? names.indexOf(upper) + lowest : Number(text);
  if (!/^\w+$/.test(text) || !Number.isInteger(value) || value < lowest || value > highest)
    throw new RangeError(`'${text}' does not lie between ${lowest} and ${highest}`);
  return value;
};

const stepped = (from: number, to: number, step: number) =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step);

const valuesOf = (part: string, range: FieldRange): readonly number[] => {
  const [base = '', stepText] = part.split('/');
  const step = stepText === undefined ? 1 : Number(stepText);
  if (!Number.isInteger(step) || step < 1) throw new RangeError(`'${part}' has no valid step`);
  if (base === '*') return stepped(range.lowest, range.highest, step);
  const [fromText = '', toText] = base.split('-');
  const from = numberIn(fromText, range);
  if (toText !== undefined) {
    const to = numberIn(toText, range);
    // A range may run over the end, e.g. FRI-MON.
    return from <= to
      ? stepped(from, to, step)
      : [...stepped(from, range.highest, step), ...stepped(range.lowest, to, step)];
  }
  return stepText === undefined ? [from] : stepped(from, range.highest, step);
};

/** The values that a field of lists, ranges, steps and `*` allows, ascending. Throws RangeError. */
export const parseCronField = (text: string, range: FieldRange): readonly number[] => {
  const values = new Set(text.split(',').flatMap((part) => valuesOf(part, range)));
  return [...values].sort((a, b) => a - b);
};
