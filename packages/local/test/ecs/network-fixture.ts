import type { JsonObject } from '../../src/core/json.ts';
import { attribute, ref, resource, service } from './container-fixture.ts';

/** The name under which functions find the service. */
export const NAME = 'search.shop.internal';

const group = (): JsonObject => resource('EC2::SecurityGroup', { GroupDescription: 'a group', VpcId: ref('Vpc') });

/** Lets a group reach the tasks. */
export const rule = (from: string, properties: JsonObject = {}): JsonObject =>
  resource('EC2::SecurityGroupIngress', {
    GroupId: attribute('Tasks', 'GroupId'),
    SourceSecurityGroupId: attribute(from, 'GroupId'),
    IpProtocol: 'tcp',
    FromPort: 8080,
    ToPort: 8080,
    ...properties,
  });

/** Two tasks in a private namespace, and two groups of callers, one of which may reach them. */
export const NETWORK: JsonObject = {
  Vpc: resource('EC2::VPC', { CidrBlock: '10.0.0.0/16' }),
  Zone: resource('EC2::Subnet', {
    VpcId: ref('Vpc'),
    CidrBlock: '10.0.1.0/24',
    AvailabilityZone: { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] },
  }),
  Tasks: group(),
  Callers: group(),
  Others: group(),
  CallersRule: rule('Callers'),
  Namespace: resource('ServiceDiscovery::PrivateDnsNamespace', { Name: 'shop.internal', Vpc: ref('Vpc') }),
  Entry: resource('ServiceDiscovery::Service', {
    Name: 'search',
    DnsConfig: {
      NamespaceId: attribute('Namespace', 'Id'),
      RoutingPolicy: 'MULTIVALUE',
      DnsRecords: [{ Type: 'SRV', TTL: 5 }],
    },
    HealthCheckCustomConfig: {},
  }),
  Service: service({
    DesiredCount: 2,
    ServiceRegistries: [{ RegistryArn: attribute('Entry', 'Arn'), ContainerName: 'main', ContainerPort: 8080 }],
    NetworkConfiguration: {
      AwsvpcConfiguration: { SecurityGroups: [attribute('Tasks', 'GroupId')], Subnets: [ref('Zone')] },
    },
  }),
};

/** Asks each address of a service, by records alone. */
const CODE = `
const { resolveSrv, resolve4 } = require('node:dns/promises');
exports.handler = async ({ name, path }) => {
  const found = await resolveSrv(name);
  const addresses = await Promise.all(found.map(async (record) => (await resolve4(record.name))[0]));
  const answers = await Promise.all(
    found.map(({ port }, index) =>
      fetch('http://' + addresses[index] + ':' + port + path).then(
        (response) => response.text(),
        (error) => error.cause?.code ?? error.cause?.message ?? error.message,
      ),
    ),
  );
  return { ports: found.map(({ port }) => port).sort(), addresses, answers };
};`;

/** A function in the network, in one security group. */
export const asker = (name: string, inGroup: string): JsonObject =>
  resource('Lambda::Function', {
    FunctionName: name,
    Code: { ZipFile: CODE },
    Handler: 'index.handler',
    Runtime: 'nodejs24.x',
    Timeout: 10,
    VpcConfig: { SecurityGroupIds: [attribute(inGroup, 'GroupId')], SubnetIds: [ref('Zone')] },
  });
