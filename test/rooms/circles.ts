/** Each way from a file over its imports back to itself, as `a.ts → b.ts → a.ts`, found once. */
export const circles = (files: readonly (readonly [string, readonly string[]])[]): readonly string[] => {
  const imports = new Map(files);
  const finished = new Set<string>();
  const found: string[] = [];

  const visit = (file: string, path: readonly string[]): void => {
    const start = path.indexOf(file);
    if (start >= 0) found.push([...path.slice(start), file].join(' → '));
    if (start >= 0 || finished.has(file)) return;
    for (const to of imports.get(file) ?? []) visit(to, [...path, file]);
    finished.add(file);
  };

  for (const file of imports.keys()) visit(file, []);
  return found;
};
