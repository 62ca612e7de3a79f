import { templateValues, textOf } from '../../assembly/values.ts';
import { derivedId } from '../../core/derived-id.ts';
import type { Resource, ResourceType } from '../../core/emulated-service.ts';
import { isList, isObject, type Json, type JsonObject } from '../../core/json.ts';
import type { World } from '../../core/world.ts';
import { type NetworkState, type Rule, readRule } from './state.ts';

const ONE_NETWORK = 'everything here uses the network of this machine';
const HEXADECIMAL = '0123456789abcdef';

type Attributes = (id: string, properties: JsonObject) => Readonly<Record<string, Json>>;

/** `vpc-0a1b…`: the same in every run. */
const idOf = (prefix: string, { stack, logicalId }: Resource): string =>
  `${prefix}-${derivedId(17, HEXADECIMAL, prefix, stack, logicalId)}`;

/** A type that is nothing but an id to others. */
const inert = (type: string, prefix: string, attributesOf: Attributes): ResourceType => ({
  type: `AWS::EC2::${type}`,
  honoured: [],
  notEmulated: { '*': ONE_NETWORK },
  identify: (resource) => {
    const id = idOf(prefix, resource);
    return { ref: id, attributes: attributesOf(id, resource.properties) };
  },
});

const named =
  (attribute: string): Attributes =>
  (id) => ({ [attribute]: id });

const subnet = (region: string, network: NetworkState): ResourceType => ({
  ...inert('Subnet', 'subnet', (id, { CidrBlock, VpcId, AvailabilityZone }) => ({
    SubnetId: id,
    CidrBlock: textOf(CidrBlock) ?? '',
    VpcId: textOf(VpcId) ?? '',
    AvailabilityZone: textOf(AvailabilityZone) ?? `${region}a`,
    Ipv6CidrBlocks: [],
    NetworkAclAssociationId: id.replace('subnet', 'aclassoc'),
  })),
  honoured: ['CidrBlock'],
  repeatable: true,
  create: (resource) => network.putSubnet(idOf('subnet', resource), textOf(resource.properties.CidrBlock) ?? ''),
});

const RULE = ['IpProtocol', 'FromPort', 'ToPort', 'CidrIp'];
const NO_PEER = 'callers here have no address of their own in a list of prefixes, and none of version 6';
const OTHER_PEERS = { CidrIpv6: NO_PEER, SourcePrefixListId: NO_PEER, DestinationPrefixListId: NO_PEER };

const rulesIn = (resource: Resource, id: string): readonly Rule[] =>
  (['ingress', 'egress'] as const).flatMap((direction) => {
    const listed = resource.properties[direction === 'ingress' ? 'SecurityGroupIngress' : 'SecurityGroupEgress'];
    return (isList(listed) ? listed : []).filter(isObject).map((rule) => readRule(resource, direction, id, rule));
  });

const securityGroup = (network: NetworkState): ResourceType => ({
  type: 'AWS::EC2::SecurityGroup',
  honoured: ['SecurityGroupIngress', 'SecurityGroupEgress'],
  notEmulated: { '*': ONE_NETWORK },
  identify: (resource) => {
    const id = idOf('sg', resource);
    return { ref: id, attributes: { Id: id, GroupId: id, VpcId: textOf(resource.properties.VpcId) ?? '' } };
  },
  repeatable: true,
  create: (resource) => {
    const id = idOf('sg', resource);
    network.putGroup(id, `security group ${resource.logicalId} of ${resource.stack}`, rulesIn(resource, id));
  },
  remove: (resource) => network.removeGroup(idOf('sg', resource)),
});

const standaloneRule = (direction: Rule['direction'], network: NetworkState): ResourceType => {
  const peer = direction === 'ingress' ? 'SourceSecurityGroupId' : 'DestinationSecurityGroupId';
  return {
    type: `AWS::EC2::SecurityGroup${direction === 'ingress' ? 'Ingress' : 'Egress'}`,
    honoured: ['GroupId', peer, ...RULE],
    notEmulated: { ...OTHER_PEERS, Description: 'shown by AWS only' },
    identify: (resource) => ({ ref: idOf('sgr', resource), attributes: { Id: idOf('sgr', resource) } }),
    repeatable: true,
    create: (resource) => {
      const groupId = templateValues(resource).requiredText('GroupId');
      network.putRule(idOf('sgr', resource), readRule(resource, direction, groupId, resource.properties));
    },
    remove: (resource) => network.removeRule(idOf('sgr', resource)),
  };
};

export const ec2ResourceTypes = ({ region }: World, network: NetworkState): readonly ResourceType[] => [
  inert('VPC', 'vpc', (id, { CidrBlock }) => ({
    VpcId: id,
    CidrBlock: textOf(CidrBlock) ?? '',
    CidrBlockAssociations: [],
    Ipv6CidrBlocks: [],
    DefaultNetworkAcl: id.replace('vpc', 'acl'),
    DefaultSecurityGroup: id.replace('vpc', 'sg'),
  })),
  subnet(region, network),
  inert('RouteTable', 'rtb', named('RouteTableId')),
  inert('SubnetRouteTableAssociation', 'rtbassoc', named('Id')),
  inert('Route', 'r', named('CidrBlock')),
  inert('InternetGateway', 'igw', named('InternetGatewayId')),
  inert('VPCGatewayAttachment', 'igwattach', named('AttachmentType')),
  inert('VPCEndpoint', 'vpce', (id) => ({ Id: id, DnsEntries: [], NetworkInterfaceIds: [], CreationTimestamp: '' })),
  inert('NatGateway', 'nat', named('NatGatewayId')),
  inert('EIP', 'eipalloc', (id) => ({ AllocationId: id, PublicIp: '192.0.2.1' })),
  inert('FlowLog', 'fl', named('Id')),
  securityGroup(network),
  standaloneRule('ingress', network),
  standaloneRule('egress', network),
];
