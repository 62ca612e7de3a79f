import { Duration } from 'aws-cdk-lib';
import { Peer, Port, SecurityGroup, SubnetType } from 'aws-cdk-lib/aws-ec2';
import {
  CfnService,
  CfnTaskDefinition,
  ContainerImage,
  CpuArchitecture,
  DeploymentControllerType,
  FargateService,
  FargateTaskDefinition,
  LogDrivers,
  OperatingSystemFamily,
} from 'aws-cdk-lib/aws-ecs';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnService as CfnDiscoveryService } from 'aws-cdk-lib/aws-servicediscovery';
import { Construct } from 'constructs';
import {
  baseEnvironment,
  type EnvironmentContract,
  type EnvironmentOf,
  type VariableKind,
  writeEnvironment,
} from '../../../functions/kernel/values/environment.ts';
import { functionName } from '../../config/names.ts';
import type { TaskSize } from '../../config/stage.ts';
import { resourceOf } from '../functions/resource-of.ts';
import type { Owner } from '../owner.ts';
import { addTaskAlarms } from './task-alarms.ts';
import { taskFolder, taskImage } from './task-image.ts';
import type { TaskNetwork } from './task-network.ts';

type Variables = Readonly<Record<string, VariableKind>>;

export interface TaskServiceProps<V extends Variables> {
  readonly owner: Owner;
  readonly network: TaskNetwork;
  readonly size: TaskSize;
  /** What its tasks are found as in the private namespace. */
  readonly name: string;
  readonly port: number;
  readonly environment: {
    readonly contract: EnvironmentContract<V>;
    readonly values: NoInfer<EnvironmentOf<EnvironmentContract<V>>>;
  };
  /** How long a task takes to stop at most: its drain, and a few seconds. */
  readonly stopSeconds: number;
}

/** How long a caller may remember an address, besides what it remembers itself. */
const TTL_SECONDS = 5;

/**
 * Containers that answer by gRPC: one task definition, tasks that are found by SRV records, and no load balancer. They have
 * public addresses to reach AWS by, and nothing from outside reaches them: their security group names who may call.
 */
export class TaskService<V extends Variables = Variables> extends Construct {
  private readonly securityGroup: SecurityGroup;
  private readonly port: number;
  private readonly network: TaskNetwork;
  /** What its code is allowed. */
  private readonly role: Role;

  constructor(scope: Construct, id: string, props: TaskServiceProps<V>) {
    super(scope, id);
    const { owner, network, port } = props;
    this.port = port;
    this.network = network;
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') });
    this.allow(['xray:PutTraceSegments'], ['*']);
    this.securityGroup = new SecurityGroup(this, 'SecurityGroup', {
      vpc: network.vpc,
      description: `Tasks of ${owner.service}`,
      allowAllOutbound: true,
    });
    const definition = this.defineTask(props);
    const failing = addTaskAlarms(this, owner, taskName(owner));
    const service = new FargateService(this, 'Service', {
      serviceName: `${owner.stage.prefix}-${owner.service}`,
      cluster: network.cluster,
      taskDefinition: definition,
      assignPublicIp: true,
      vpcSubnets: { subnetType: SubnetType.PUBLIC },
      securityGroups: [this.securityGroup],
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
      deploymentController: { type: DeploymentControllerType.ECS },
      circuitBreaker: { rollback: true },
      deploymentAlarms: { alarmNames: [failing.alarmName] },
    });
    service.node.addDependency(failing);
    this.register(service, props);
    const { minTasks, maxTasks } = props.size;
    service
      .autoScaleTaskCount({ minCapacity: minTasks, maxCapacity: maxTasks })
      .scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: 50 });
  }

  /** Adds a statement to the tasks' own role. */
  allow(actions: readonly string[], resources: readonly string[], conditions?: PolicyStatement['conditions']): void {
    const statement = { actions: [...actions], resources: [...resources] };
    this.role.addToPolicy(new PolicyStatement({ ...statement, ...(conditions && { conditions }) }));
  }

  /** Makes the group of functions that may call: they reach this port in the VPC and nothing else. */
  admitCallers(scope: Construct, id: string): SecurityGroup {
    const { vpc, cidr } = this.network;
    const callers = new SecurityGroup(scope, id, { vpc, description: 'Callers of tasks', allowAllOutbound: false });
    // Of the range, not of the group: a rule of its own beside the group would leave EC2's default, which lets all out.
    callers.addEgressRule(Peer.ipv4(cidr), Port.tcp(this.port), 'gRPC');
    this.securityGroup.addIngressRule(callers, Port.tcp(this.port), 'gRPC');
    return callers;
  }

  private defineTask({ owner, size, port, environment, stopSeconds }: TaskServiceProps<V>): FargateTaskDefinition {
    const { stage, service } = owner;
    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `/aws/ecs/${taskName(owner)}`,
      retention: stage.logs.retention,
      removalPolicy: stage.logs.removalPolicy,
    });
    const executionRole = new Role(this, 'ExecutionRole', {
      assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com'),
    });
    const definition = new FargateTaskDefinition(this, 'Task', {
      family: taskName(owner),
      cpu: size.cpu,
      memoryLimitMiB: size.memoryMb,
      runtimePlatform: {
        cpuArchitecture: stage.architecture === 'arm64' ? CpuArchitecture.ARM64 : CpuArchitecture.X86_64,
        operatingSystemFamily: OperatingSystemFamily.LINUX,
      },
      taskRole: this.role,
      executionRole,
    });
    definition.addContainer('task', {
      image: ContainerImage.fromDockerImageAsset(taskImage(this, 'Image', owner)),
      command: ['node', 'main.js'],
      user: 'node',
      readonlyRootFilesystem: true,
      portMappings: [{ containerPort: port }],
      environment: {
        PORT: String(port),
        ...writeEnvironment(baseEnvironment, { service, stage: stage.name, prefix: stage.prefix }),
        ...writeEnvironment(environment.contract, environment.values),
      },
      healthCheck: {
        command: ['CMD', 'node', 'health.js'],
        interval: Duration.seconds(10),
        timeout: Duration.seconds(5),
        retries: 3,
        startPeriod: Duration.seconds(120),
      },
      stopTimeout: Duration.seconds(stopSeconds),
      logging: LogDrivers.awsLogs({ logGroup, streamPrefix: 'task' }),
    });
    // The local runtime deploys the program when it is built again.
    resourceOf(definition, CfnTaskDefinition).addMetadata('local:bundle', taskFolder(service));
    return definition;
  }

  /** ECS enters each task that is healthy, and takes it out before it is stopped. */
  private register(service: FargateService, { network, name, port }: TaskServiceProps<V>): void {
    const discovery = new CfnDiscoveryService(this, 'Discovery', {
      name,
      namespaceId: network.namespace.id,
      dnsConfig: { dnsRecords: [{ type: 'SRV', ttl: TTL_SECONDS }], routingPolicy: 'MULTIVALUE' },
      healthCheckCustomConfig: {},
    });
    resourceOf(service, CfnService).serviceRegistries = [
      { registryArn: discovery.attrArn, containerName: 'task', containerPort: port },
    ];
  }
}

const taskName = ({ stage, service }: Owner): string => functionName(stage.prefix, service, 'task');
