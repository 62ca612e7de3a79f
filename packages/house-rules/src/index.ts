export { houseRules } from './house-rules.ts';
export { functionBehind } from './mappings.ts';
export { grantsIn } from './statements.ts';
export {
  at,
  type Finding,
  isObject,
  type Json,
  listOf,
  ofType,
  type Resource,
  type Rule,
  type RuleContext,
  referredIn,
  type Template,
} from './template.ts';
export { type TemplateFile, toTemplate } from './template-file.ts';
