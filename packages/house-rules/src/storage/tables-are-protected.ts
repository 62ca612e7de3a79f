import { at, finding, ofType, type Resource, type Rule } from '../template.ts';

const PITR = 'PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled';

const problemsOf = ({ properties, deletionPolicy }: Resource, keepsData: boolean): readonly string[] => [
  ...(at(properties, 'SSESpecification.SSEEnabled') === true ? [] : ['is not encrypted under a key of the account']),
  ...(keepsData && at(properties, PITR) !== true ? ['has no point-in-time recovery'] : []),
  ...(keepsData && properties.DeletionProtectionEnabled !== true ? ['has no deletion protection'] : []),
  ...(keepsData && deletionPolicy !== 'Retain' ? ['is not retained'] : []),
];

/** Tables are encrypted; where data must outlive its stack, they can be restored and not be deleted by mistake. */
export const tablesAreProtected: Rule = (template, { keepsData }) => [
  ...ofType(template, 'AWS::DynamoDB::Table').flatMap((table) =>
    problemsOf(table, keepsData).map((problem) => finding(template, table, problem)),
  ),
  ...ofType(template, 'AWS::DynamoDB::GlobalTable').map((table) =>
    finding(template, table, 'is a GlobalTable, which neither this rule nor cdk-nag looks into'),
  ),
];
