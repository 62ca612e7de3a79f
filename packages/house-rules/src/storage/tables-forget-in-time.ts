import { at, finding, ofType, type Rule } from '../template.ts';

/** Idempotency keys expire; a table without TTL would keep and bill them forever. */
export const tablesForgetInTime: Rule = (template) =>
  ofType(template, 'AWS::DynamoDB::Table')
    .filter(({ properties }) => at(properties, 'TimeToLiveSpecification.Enabled') !== true)
    .map((table) => finding(template, table, 'has no time to live'));
