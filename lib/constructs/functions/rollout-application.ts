import { Stack } from 'aws-cdk-lib';
import { CfnApplication } from 'aws-cdk-lib/aws-codedeploy';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { deploymentHookName, functionName } from '../../config/names.ts';
import type { Owner } from '../owner.ts';

const ID = 'Rollouts';

/** What CodeDeploy calls a service, and the role in which it shifts the aliases of that service's functions, no other's. */
export class RolloutApplication extends Construct {
  readonly application: CfnApplication;
  readonly role: Role;

  private constructor(stack: Stack, { stage: { prefix }, service }: Owner) {
    super(stack, ID);
    this.application = new CfnApplication(this, 'Application', {
      applicationName: `${prefix}-${service}`,
      computePlatform: 'Lambda',
    });
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('codedeploy.amazonaws.com') });
    const allow = (actions: string[], service: string, resource: string) =>
      this.role.addToPolicy(new PolicyStatement({ actions, resources: [stack.formatArn({ service, resource })] }));
    allow(
      ['lambda:GetAlias', 'lambda:GetProvisionedConcurrencyConfig', 'lambda:UpdateAlias'],
      'lambda',
      `function:${functionName(prefix, service, '*')}`,
    );
    allow(['lambda:InvokeFunction'], 'lambda', `function:${deploymentHookName(prefix)}`);
    // CloudWatch takes the permission for all alarms of an account and region, or for none.
    allow(['cloudwatch:DescribeAlarms'], 'cloudwatch', 'alarm:*');
  }

  /** The one of the stack in which `scope` lies. */
  static of(scope: Construct, owner: Owner): RolloutApplication {
    const stack = Stack.of(scope);
    const known = stack.node.tryFindChild(ID);
    return known instanceof RolloutApplication ? known : new RolloutApplication(stack, owner);
  }
}
