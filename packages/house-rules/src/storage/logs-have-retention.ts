import { finding, ofType, type Resource, type Rule } from '../template.ts';

const MOST_DAYS = 365;

const problemOf = ({ properties: { RetentionInDays: days } }: Resource): string | undefined => {
  if (days === undefined) return 'has no RetentionInDays';
  return Number(days) <= MOST_DAYS ? undefined : `keeps lines for ${days} days, ${MOST_DAYS} at most`;
};

/** No log group keeps its lines for longer than a year. */
export const logsHaveRetention: Rule = (template) =>
  ofType(template, 'AWS::Logs::LogGroup').flatMap((group) => {
    const problem = problemOf(group);
    return problem === undefined ? [] : [finding(template, group, problem)];
  });
