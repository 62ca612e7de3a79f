import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import {
  Effect,
  OidcProviderNative,
  PolicyDocument,
  PolicyStatement,
  Role,
  WebIdentityPrincipal,
} from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

export interface DeployerStackProps {
  /** `owner/name` on GitHub. */
  readonly repository: string;
  /** The repository's environments that deploy to this account; a job gets the role of the one that it names. */
  readonly environments: readonly string[];
}

const ISSUER = 'token.actions.githubusercontent.com';
const AUDIENCE = 'sts.amazonaws.com';

/** What `cdk bootstrap` made for the CLI; CloudFormation's own role is passed by the first, and assumed by no job. */
const BOOTSTRAP_ROLES = ['deploy', 'file-publishing', 'image-publishing', 'lookup'];
const QUALIFIER = 'hnb659fds';

const REPOSITORY = /^[A-Za-z0-9][A-Za-z0-9-]*\/[A-Za-z0-9._-]+$/;
const ENVIRONMENT = /^[a-z][a-z0-9-]*$/;

/** A wildcard in either would let others in. */
const refuseLax = ({ repository, environments }: DeployerStackProps): void => {
  if (!REPOSITORY.test(repository)) {
    throw new Error(`'${repository}' is no repository; name yours: -c repository=<owner>/<name>`);
  }
  const wrong = environments.find((name) => !ENVIRONMENT.test(name));
  if (wrong !== undefined || environments.length === 0) {
    throw new Error(`'${wrong ?? ''}' is no environment; name those that deploy here: -c environments=dev,prod`);
  }
};

/**
 * Lets one repository's workflow deploy with tokens that GitHub signs for each job, so that no key is stored anywhere.
 * A protected environment's token is issued only after its reviewers agreed. Deployed once per account, by hand.
 */
export class DeployerStack extends Stack {
  constructor(scope: Construct, id: string, props: DeployerStackProps) {
    super(scope, id, { stackName: id, analyticsReporting: false, terminationProtection: true });
    refuseLax(props);
    const provider = new OidcProviderNative(this, 'GitHub', { url: `https://${ISSUER}`, clientIds: [AUDIENCE] });
    for (const environment of props.environments) {
      const role = new Role(this, `Deployer-${environment}`, {
        roleName: `${id}-${environment}`,
        description: `Deploys environment ${environment} of ${props.repository}.`,
        maxSessionDuration: Duration.hours(1),
        assumedBy: new WebIdentityPrincipal(provider.oidcProviderArn, {
          StringEquals: {
            [`${ISSUER}:aud`]: AUDIENCE,
            [`${ISSUER}:sub`]: `repo:${props.repository}:environment:${environment}`,
          },
        }),
        inlinePolicies: { bootstrap: new PolicyDocument({ statements: [this.assumeBootstrapRoles()] }) },
      });
      new CfnOutput(this, `RoleArn-${environment}`, {
        value: role.roleArn,
        description: `Variable AWS_ROLE_ARN of the repository's environment ${environment}.`,
      });
    }
  }

  private assumeBootstrapRoles(): PolicyStatement {
    const names = BOOTSTRAP_ROLES.map((name) => `cdk-${QUALIFIER}-${name}-role-${this.account}-${this.region}`);
    return new PolicyStatement({
      effect: Effect.ALLOW,
      actions: ['sts:AssumeRole'],
      resources: names.map((name) =>
        this.formatArn({ service: 'iam', region: '', resource: 'role', resourceName: name }),
      ),
    });
  }
}
