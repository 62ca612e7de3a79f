import { IpAddresses, type IVpc, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Cluster, ContainerInsights, type ICluster } from 'aws-cdk-lib/aws-ecs';
import { CfnPrivateDnsNamespace } from 'aws-cdk-lib/aws-servicediscovery';
import type { Construct } from 'constructs';
import { taskNamespaceName } from '../config/names.ts';
import type { TaskNetwork } from '../constructs/tasks/task-network.ts';
import { ServiceStack, type ServiceStackProps } from './service-stack.ts';

const CIDR = '10.0.0.0/20';

/** How long it is remembered that a name has no records. */
const NO_RECORDS_SECONDS = 5;

/**
 * Where containers run: two zones, without a NAT, which would cost more than all tasks. Tasks lie in public subnets and
 * reach AWS by addresses of their own; functions that call them lie in isolated ones and reach nothing else.
 */
export class NetworkStack extends ServiceStack {
  readonly network: TaskNetwork;

  constructor(scope: Construct, props: ServiceStackProps) {
    super(scope, 'network', props);
    const { prefix } = props.stage;
    // The classes of aws-cdk-lib do not fit its interfaces under exactOptionalPropertyTypes.
    const vpc = new Vpc(this, 'Vpc', {
      ipAddresses: IpAddresses.cidr(CIDR),
      maxAzs: 2,
      natGateways: 0,
      subnetConfiguration: [
        { name: 'tasks', subnetType: SubnetType.PUBLIC, cidrMask: 24, mapPublicIpOnLaunch: false },
        { name: 'functions', subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 24 },
      ],
      // It would be a function that changes a group without members.
      restrictDefaultSecurityGroup: false,
    }) as IVpc;
    const cluster = new Cluster(this, 'Cluster', {
      clusterName: prefix,
      vpc,
      containerInsightsV2: ContainerInsights.DISABLED,
    }) as ICluster;
    const name = taskNamespaceName(prefix);
    const namespace = new CfnPrivateDnsNamespace(this, 'Namespace', {
      name,
      vpc: vpc.vpcId,
      properties: { dnsProperties: { soa: { ttl: NO_RECORDS_SECONDS } } },
    });
    this.network = { vpc, cidr: CIDR, cluster, namespace: { name, id: namespace.attrId, arn: namespace.attrArn } };
  }
}
