import { joinedText } from '../joined-text.ts';
import { finding, isObject, type Json, type Rule } from '../template.ts';
import { grantsIn, type Statement } from './statements.ts';

/** Lambda asks for these on every resource when it attaches a function to a VPC. */
export const ATTACHING = [
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:UnassignPrivateIpAddresses',
];

/** Actions for which AWS knows no condition; they read lists, or write what nobody reads back. */
const WITHOUT_CONDITION = [
  'cloudwatch:DescribeAlarms',
  ...ATTACHING,
  'ecr:GetAuthorizationToken',
  'servicediscovery:ListNamespaces',
  'servicediscovery:ListServices',
  'xray:PutTelemetryRecords',
  'xray:PutTraceSegments',
];

/** A condition on something else would leave the other systems of the account open. */
const NEEDED: Readonly<Record<string, string>> = {
  'servicediscovery:DiscoverInstances': 'servicediscovery:NamespaceName',
};

/** `service/*` and `*`, but not `function:shop-*`, which a name confines. */
const isWildcard = (target: Json): boolean => /(^|[:/])\*$/.test(joinedText(target));

const conditionKeys = ({ condition }: Statement): readonly string[] =>
  Object.values(isObject(condition) ? condition : {}).flatMap((test) => Object.keys(isObject(test) ? test : {}));

const isConfined = (keys: readonly string[], action: string): boolean => {
  const needed = NEEDED[action];
  return needed === undefined ? keys.length > 0 : keys.includes(needed);
};

/** A grant on resources that no name gives has a condition, where AWS knows one. */
export const wildcardsAreConfined: Rule = (template) =>
  grantsIn(template)
    .filter(({ targets }) => targets.some(isWildcard))
    .flatMap((statement) =>
      statement.actions
        .filter((action) => !WITHOUT_CONDITION.includes(action) && !isConfined(conditionKeys(statement), action))
        .map((action) => finding(template, statement.resource, `allows ${action} on a wildcard without a condition`)),
    );
