import { Stack } from 'aws-cdk-lib';
import { FunctionUrlAuthType } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { QueryContract } from '../../../functions/kernel/messages/contract.ts';
import { ALIAS, functionName, peopleParameter } from '../../config/names.ts';
import type { ServiceFunction } from '../functions/service-function.ts';
import type { Owner } from '../owner.ts';
import { grantDiscover } from './registry-grants.ts';

export const INTERNAL_API = 'internal-api';

/** The address at which a service answers other services: plain HTTP behind IAM, so a container could answer as well. */
export class InternalApi extends Construct {
  readonly url: string;

  constructor(scope: Construct, id: string, { target }: { readonly target: ServiceFunction }) {
    super(scope, id);
    this.url = target.alias.addFunctionUrl({ authType: FunctionUrlAuthType.AWS_IAM }).url;
  }
}

/** Lets a function find the service that answers a query, and ask it. */
export const grantAsk = (fn: ServiceFunction, owner: Owner, { service }: QueryContract): void => {
  const target = Stack.of(fn).formatArn({
    service: 'lambda',
    resource: `function:${functionName(owner.stage.prefix, service, INTERNAL_API)}:${ALIAS}`,
  });
  grantDiscover(fn, owner, service);
  fn.allow(['lambda:InvokeFunctionUrl'], [target], { StringEquals: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } });
  // Since October 2025 a function URL asks for both permissions.
  fn.allow(['lambda:InvokeFunction'], [target], { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } });
};

/** Lets a function know whose tokens are good: those of the people that other services ask for. */
export const grantVerifyTokens = (fn: ServiceFunction, { stage }: Owner): void => {
  const resource = `parameter${peopleParameter(stage.prefix)}`;
  fn.allow(['ssm:GetParameter'], [Stack.of(fn).formatArn({ service: 'ssm', resource })]);
};
