import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import { type ISecurityGroup, type IVpc, SubnetType } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Alias,
  Architecture,
  CfnFunction,
  Code,
  type IAlias,
  type IVersion,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import {
  baseEnvironment,
  type EnvironmentContract,
  type EnvironmentOf,
  type VariableKind,
  writeEnvironment,
} from '../../../functions/kernel/values/environment.ts';
import { ALIAS, functionName, pascalName } from '../../config/names.ts';
import type { Owner } from '../owner.ts';
import { allowAttaching } from './attached-to-vpc.ts';
import { addFunctionAlarms } from './function-alarms.ts';
import { GradualRollout, type Traffic } from './gradual-rollout.ts';
import { resourceOf } from './resource-of.ts';

type Variables = Readonly<Record<string, VariableKind>>;

export interface ServiceFunctionProps<V extends Variables> {
  readonly owner: Owner;
  readonly environment: {
    readonly contract: EnvironmentContract<V>;
    readonly values: NoInfer<EnvironmentOf<EnvironmentContract<V>>>;
  };
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  /** Concurrency held back for it alone; without it, it takes from the account's pool. */
  readonly reservedConcurrency?: number;
  /** The VPC that it is attached to, with what lets it out; there it reaches no API of AWS. */
  readonly network?: { readonly vpc: IVpc; readonly securityGroup: ISecurityGroup };
  /** What arrives through its alias; without it, new versions take over at once. */
  readonly traffic?: Traffic;
}

/** One handler as a Lambda function with a role, a log group and alarms of its own, called through the alias `live`. */
export class ServiceFunction<V extends Variables = Variables> extends Construct {
  /** The handler's file name without `.handler.ts`, which is also the construct's id. */
  readonly name: string;
  readonly functionName: string;
  readonly timeoutSeconds: number;
  readonly alias: IAlias;
  readonly role: Role;

  constructor(scope: Construct, name: string, props: ServiceFunctionProps<V>) {
    super(scope, name);
    const { owner, timeoutSeconds } = props;
    const { stage, service, root } = owner;
    this.name = name;
    this.functionName = functionName(stage.prefix, service, name);
    this.timeoutSeconds = timeoutSeconds;

    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `/aws/lambda/${this.functionName}`,
      retention: stage.logs.retention,
      removalPolicy: stage.logs.removalPolicy,
    });
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.logGroupArn]);

    if (props.network) allowAttaching(this.role, this.arnOf());

    const bundle = `build/${service}.${name}`;
    const lambda = new LambdaFunction(this, 'Function', {
      functionName: this.functionName,
      runtime: Runtime.NODEJS_24_X,
      architecture: stage.architecture === 'arm64' ? Architecture.ARM_64 : Architecture.X86_64,
      handler: 'index.handler',
      code: Code.fromAsset(`${root}/${bundle}`),
      role: this.role,
      logGroup,
      // Lambda's own three lines about each invocation say what its metrics and traces say, and are most of the logs.
      loggingFormat: LoggingFormat.JSON,
      systemLogLevelV2: SystemLogLevel.WARN,
      tracing: Tracing.ACTIVE,
      timeout: Duration.seconds(timeoutSeconds),
      memorySize: props.memoryMb,
      environment: {
        NODE_OPTIONS: '--enable-source-maps',
        ...writeEnvironment(baseEnvironment, { service, stage: stage.name, prefix: stage.prefix }),
        ...writeEnvironment(props.environment.contract, props.environment.values),
      },
      currentVersionOptions: { removalPolicy: stage.versionRemovalPolicy },
      ...(props.network && {
        vpc: props.network.vpc,
        vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
        securityGroups: [props.network.securityGroup],
      }),
      ...(props.reservedConcurrency === undefined ? {} : { reservedConcurrentExecutions: props.reservedConcurrency }),
    });
    const resource = resourceOf(lambda, CfnFunction);
    resource.overrideLogicalId(pascalName(name));
    resource.addMetadata('local:bundle', bundle);
    // The classes of aws-cdk-lib do not fit its interfaces under exactOptionalPropertyTypes.
    this.alias = new Alias(this, 'Alias', { aliasName: ALIAS, version: lambda.currentVersion as IVersion }) as IAlias;
    if (props.traffic !== undefined && stage.rollout !== 'all at once') {
      const { traffic } = props;
      new GradualRollout(this, 'Rollout', {
        owner,
        name,
        fn: lambda,
        alias: this.alias,
        traffic,
        shift: stage.rollout[traffic],
      });
    }
    addFunctionAlarms(this, owner, { name, functionName: this.functionName, timeoutSeconds });
  }

  private arnOf(): string {
    return Stack.of(this).formatArn({
      service: 'lambda',
      resource: 'function',
      resourceName: this.functionName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }

  /** Adds a statement to this function's own role. */
  allow(actions: readonly string[], resources: readonly string[], conditions?: PolicyStatement['conditions']): void {
    this.role.addToPolicy(
      new PolicyStatement({
        actions: [...actions],
        resources: [...resources],
        ...(conditions === undefined ? {} : { conditions }),
      }),
    );
  }
}
