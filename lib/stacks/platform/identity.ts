import { Aws, CfnOutput, Duration } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnUserPoolGroup,
  OAuthScope,
  ResourceServerScope,
  UserPool,
  UserPoolResourceServer,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import type { Owner } from '../../constructs/owner.ts';
import type { Scopes } from './scopes.ts';

export interface IdentityProps {
  readonly owner: Owner;
  readonly scopes: Scopes;
}

const passwordPolicy = {
  minLength: 12,
  requireDigits: true,
  requireLowercase: true,
  requireUppercase: true,
  requireSymbols: true,
};

/** Who callers are and what their tokens allow: a resource server for each service, and the group of administrators. */
export class Identity extends Construct {
  readonly issuer: string;
  readonly clientId: string;

  constructor(scope: Construct, id: string, { owner: { stage }, scopes }: IdentityProps) {
    super(scope, id);
    const pool = new UserPool(this, 'Pool', {
      userPoolName: stage.prefix,
      selfSignUpEnabled: true,
      signInAliases: { email: true },
      autoVerify: { email: true },
      passwordPolicy,
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      deletionProtection: stage.data.deletionProtection,
      removalPolicy: stage.data.removalPolicy,
    });
    // Domain prefixes are unique among all accounts of a region.
    pool.addDomain('Domain', { cognitoDomain: { domainPrefix: `${stage.prefix}-${Aws.ACCOUNT_ID}` } });
    new CfnUserPoolGroup(this, 'Admins', {
      userPoolId: pool.userPoolId,
      groupName: 'admin',
      description: 'Manages products and reads everything.',
    });
    const client = pool.addClient('Client', {
      userPoolClientName: `${stage.prefix}-app`,
      authFlows: { userSrp: true },
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, ...resourceScopes(this, pool, scopes)],
        callbackUrls: [stage.identity.callbackUrl],
      },
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.days(30),
    });
    // Its ProviderURL, in terms of the attribute that emulators have too.
    this.issuer = `https://${pool.userPoolProviderName}`;
    this.clientId = client.userPoolClientId;
    new CfnOutput(this, 'Issuer', { value: this.issuer });
    new CfnOutput(this, 'ClientId', { value: this.clientId });
  }
}

/** A resource server for each service; of what they define, what the client offers. */
const resourceScopes = (parent: Construct, userPool: UserPool, { defined, asked }: Scopes): OAuthScope[] =>
  [...defined].flatMap(([identifier, names]) => {
    const scopes = names.map(
      (scopeName) => new ResourceServerScope({ scopeName, scopeDescription: `${scopeName} in ${identifier}` }),
    );
    const server = new UserPoolResourceServer(parent, identifier, { userPool, identifier, scopes });
    return scopes
      .filter(({ scopeName }) => asked.includes(`${identifier}/${scopeName}`))
      .map((scope) => OAuthScope.resourceServer(server, scope));
  });
