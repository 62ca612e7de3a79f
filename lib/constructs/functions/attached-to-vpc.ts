import { Effect, PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';

/** docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html */
const ATTACHING = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
];

/**
 * Lets Lambda attach a function to a VPC, which it does with the function's own role and on every resource. What runs in
 * the function is denied the same.
 */
export const allowAttaching = (role: Role, functionArn: string): void => {
  role.addToPolicy(new PolicyStatement({ actions: ATTACHING, resources: ['*'] }));
  role.addToPolicy(
    new PolicyStatement({
      effect: Effect.DENY,
      actions: ATTACHING,
      resources: ['*'],
      conditions: { ArnEquals: { 'lambda:SourceFunctionArn': functionArn } },
    }),
  );
};
