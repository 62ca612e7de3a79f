import { finding, ofType, type Rule } from './template.ts';

/** No log group keeps its lines for ever. */
export const logsHaveRetention: Rule = (template) =>
  ofType(template, 'AWS::Logs::LogGroup')
    .filter(({ properties }) => properties.RetentionInDays === undefined)
    .map((group) => finding(template, group, 'has no RetentionInDays'));
