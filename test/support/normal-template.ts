import type { TemplateFile } from '@archipelago/house-rules';

/** What changes with every edit of a function's code, and says nothing about the infrastructure. */
const MASKS: readonly [RegExp, string][] = [
  [/CurrentVersion[0-9A-F]{8}[0-9a-f]{32}/g, 'CurrentVersion'],
  [/\b[0-9a-f]{64}\b/g, '<hash>'],
];

const withoutKeys = (template: TemplateFile): object => {
  const { Parameters: _bootstrap, Rules: _check, ...rest }: Record<string, unknown> = { ...template };
  return rest;
};

/** A template as text that is the same for the same infrastructure: for a golden file. */
export const normalTemplate = (template: TemplateFile): string => {
  const text = `${JSON.stringify(withoutKeys(template), undefined, 1)}\n`;
  return MASKS.reduce((masked, [pattern, mask]) => masked.replace(pattern, mask), text);
};
