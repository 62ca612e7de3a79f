import { finding, ofType, type Rule } from '../template.ts';

const EXPECTED = 'GreaterThanOrEqualToThreshold';

/** An alarm fires at the value that its description names, not at the one after it. */
export const alarmsFireAtTheirThreshold: Rule = (template) =>
  ofType(template, 'AWS::CloudWatch::Alarm')
    .filter(({ properties }) => properties.ComparisonOperator !== EXPECTED)
    .map((alarm) => finding(template, alarm, `compares by ${alarm.properties.ComparisonOperator}, not ${EXPECTED}`));
