import { textOf } from '../../assembly/values.ts';
import { derivedId } from '../../core/derived-id.ts';
import type { Resource, ResourceType } from '../../core/emulated-service.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import type { World } from '../../core/world.ts';

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

export const ec2ResourceTypes = ({ region }: World): readonly ResourceType[] => [
  inert('VPC', 'vpc', (id, { CidrBlock }) => ({
    VpcId: id,
    CidrBlock: textOf(CidrBlock) ?? '',
    CidrBlockAssociations: [],
    Ipv6CidrBlocks: [],
    DefaultNetworkAcl: id.replace('vpc', 'acl'),
    DefaultSecurityGroup: id.replace('vpc', 'sg'),
  })),
  inert('Subnet', 'subnet', (id, { CidrBlock, VpcId, AvailabilityZone }) => ({
    SubnetId: id,
    CidrBlock: textOf(CidrBlock) ?? '',
    VpcId: textOf(VpcId) ?? '',
    AvailabilityZone: textOf(AvailabilityZone) ?? `${region}a`,
    Ipv6CidrBlocks: [],
    NetworkAclAssociationId: id.replace('subnet', 'aclassoc'),
  })),
  inert('RouteTable', 'rtb', named('RouteTableId')),
  inert('SubnetRouteTableAssociation', 'rtbassoc', named('Id')),
  inert('Route', 'r', named('CidrBlock')),
  inert('InternetGateway', 'igw', named('InternetGatewayId')),
  inert('VPCGatewayAttachment', 'igwattach', named('AttachmentType')),
  inert('VPCEndpoint', 'vpce', (id) => ({ Id: id, DnsEntries: [], NetworkInterfaceIds: [], CreationTimestamp: '' })),
  inert('NatGateway', 'nat', named('NatGatewayId')),
  inert('EIP', 'eipalloc', (id) => ({ AllocationId: id, PublicIp: '192.0.2.1' })),
  inert('FlowLog', 'fl', named('Id')),
  inert('SecurityGroup', 'sg', (id, { VpcId }) => ({ Id: id, GroupId: id, VpcId: textOf(VpcId) ?? '' })),
  inert('SecurityGroupIngress', 'sgr', named('Id')),
  inert('SecurityGroupEgress', 'sgr', named('Id')),
];
