import type { Construct } from 'constructs';

/** The CloudFormation resource that a construct of aws-cdk-lib is made of. */
export const resourceOf = <T>(construct: Construct, kind: abstract new (...args: never[]) => T): T => {
  const resource = construct.node.defaultChild;
  if (!(resource instanceof kind)) throw new Error(`${construct.node.path} has no ${kind.name} of its own`);
  return resource;
};
