import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import type { ICluster } from 'aws-cdk-lib/aws-ecs';

/** Where containers run, and what they are found by. */
export interface TaskNetwork {
  readonly vpc: IVpc;
  /** Every address in it. */
  readonly cidr: string;
  readonly cluster: ICluster;
  /** The private DNS namespace: its name, and its id and ARN in Cloud Map. */
  readonly namespace: { readonly name: string; readonly id: string; readonly arn: string };
}
