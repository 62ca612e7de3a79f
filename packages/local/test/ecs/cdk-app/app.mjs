import { join } from 'node:path';
import {
  App,
  Duration,
  aws_ec2 as ec2,
  aws_ecr_assets as ecrAssets,
  aws_ecs as ecs,
  aws_lambda as lambda,
  Stack,
  aws_servicediscovery as servicediscovery,
} from 'aws-cdk-lib';

const app = new App();

/** As CDK's own constructs write it: a network of two zones, and references between stacks. */
const network = new Stack(app, 'Network');
const vpc = new ec2.Vpc(network, 'Vpc', {
  maxAzs: 2,
  natGateways: 0,
  subnetConfiguration: [
    { name: 'tasks', subnetType: ec2.SubnetType.PUBLIC },
    { name: 'functions', subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
  ],
  restrictDefaultSecurityGroup: false,
});
const cluster = new ecs.Cluster(network, 'Cluster', { vpc });
const namespace = new servicediscovery.PrivateDnsNamespace(network, 'Namespace', { name: 'shop.internal', vpc });

const greeting = new Stack(app, 'Greeting');
const definition = new ecs.FargateTaskDefinition(greeting, 'Definition', { cpu: 256, memoryLimitMiB: 512 });
const image = new ecrAssets.DockerImageAsset(greeting, 'Image', { directory: join(import.meta.dirname, 'task') });
definition.addContainer('main', {
  image: ecs.ContainerImage.fromDockerImageAsset(image),
  healthCheck: { command: ['CMD-SHELL', 'node health.js'], interval: Duration.seconds(5) },
  portMappings: [{ containerPort: 8080 }],
  readonlyRootFilesystem: true,
});
const service = new ecs.FargateService(greeting, 'Service', {
  cluster,
  taskDefinition: definition,
  assignPublicIp: true,
  cloudMapOptions: {
    name: 'greeting',
    cloudMapNamespace: namespace,
    dnsRecordType: servicediscovery.DnsRecordType.SRV,
    containerPort: 8080,
    dnsTtl: Duration.seconds(5),
  },
  circuitBreaker: { rollback: true },
});
service.autoScaleTaskCount({ minCapacity: 1, maxCapacity: 2 }).scaleOnCpuUtilization('Cpu', {
  targetUtilizationPercent: 50,
});

const caller = (name) =>
  new lambda.Function(greeting, name, {
    functionName: name.toLowerCase(),
    runtime: lambda.Runtime.NODEJS_24_X,
    code: lambda.Code.fromAsset(join(import.meta.dirname, 'caller')),
    handler: 'index.handler',
    timeout: Duration.seconds(10),
    environment: { NAME: 'greeting.shop.internal' },
    vpc,
    vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    securityGroups: [new ec2.SecurityGroup(greeting, `${name}Group`, { vpc, allowAllOutbound: false })],
  });
service.connections.allowFrom(caller('Friend'), ec2.Port.tcp(8080));
caller('Stranger');

app.synth();
