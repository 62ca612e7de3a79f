import { holdsSecrets } from '../holds-secrets.ts';
import { at, finding, ofType, type Resource, type Rule } from '../template.ts';

const PITR = 'PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled';

/** Secrets are gone when they are deleted: neither a stream nor a backup has them then. */
const problemsOfCopies = ({ properties }: Resource, isSecret: boolean, keepsData: boolean): readonly string[] => {
  const isBackedUp = at(properties, PITR) === true;
  if (!isSecret) return keepsData && !isBackedUp ? ['has no point-in-time recovery'] : [];
  return [
    ...(isBackedUp ? ['holds secrets and has point-in-time recovery'] : []),
    ...(properties.StreamSpecification === undefined ? [] : ['holds secrets and has a stream']),
  ];
};

const problemsOf = (table: Resource, keepsData: boolean): readonly string[] => {
  const { properties, deletionPolicy } = table;
  return [
    ...(at(properties, 'SSESpecification.SSEEnabled') === true ? [] : ['is not encrypted under a key of the account']),
    ...problemsOfCopies(table, holdsSecrets(table), keepsData),
    ...(keepsData && properties.DeletionProtectionEnabled !== true ? ['has no deletion protection'] : []),
    ...(keepsData && deletionPolicy !== 'Retain' ? ['is not retained'] : []),
  ];
};

/** Tables are encrypted; where data must outlive its stack, they can be restored and not be deleted by mistake. */
export const tablesAreProtected: Rule = (template, { keepsData }) => [
  ...ofType(template, 'AWS::DynamoDB::Table').flatMap((table) =>
    problemsOf(table, keepsData).map((problem) => finding(template, table, problem)),
  ),
  ...ofType(template, 'AWS::DynamoDB::GlobalTable').map((table) =>
    finding(template, table, 'is a GlobalTable, which neither this rule nor cdk-nag looks into'),
  ),
];
