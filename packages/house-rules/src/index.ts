export { grantsIn } from './access/statements.ts';
export { houseRules } from './house-rules.ts';
export { functionBehind } from './messages/mappings.ts';
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
