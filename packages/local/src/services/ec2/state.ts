import { BlockList } from 'node:net';
import { templateValues, textOf } from '../../assembly/values.ts';
import type { Resource } from '../../core/emulated-service.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Network, NetworkPlace } from '../../core/ports.ts';

type Direction = 'ingress' | 'egress';

/** What a security group lets through, from or to a peer. */
export interface Rule {
  readonly direction: Direction;
  readonly groupId: string;
  readonly protocol: string;
  readonly fromPort: number;
  readonly toPort: number;
  readonly peerGroupId: string | undefined;
  readonly cidr: string | undefined;
}

const TCP = ['-1', 'tcp', '6'];

export const readRule = (resource: Resource, direction: Direction, groupId: string, properties: JsonObject): Rule => {
  const values = templateValues(resource, properties);
  const protocol = values.text('IpProtocol') ?? '-1';
  const peer = direction === 'ingress' ? 'SourceSecurityGroupId' : 'DestinationSecurityGroupId';
  return {
    direction,
    groupId,
    protocol,
    fromPort: protocol === '-1' ? 0 : (values.number('FromPort') ?? 0),
    toPort: protocol === '-1' ? 65_535 : (values.number('ToPort') ?? 65_535),
    peerGroupId: textOf(properties[peer]),
    cidr: textOf(properties.CidrIp),
  };
};

/** Whether the network `10.0.0.0/16` holds the address. */
const holds = (cidr: string, address: string): boolean => {
  const [network = '', prefix = '32'] = cidr.split('/');
  const list = new BlockList();
  list.addSubnet(network, Number(prefix), 'ipv4');
  return list.check(address, 'ipv4');
};

export interface NetworkState extends Network {
  /** `label` is how messages call it. `rules` are those that the template writes into the group itself. */
  putGroup(id: string, label: string, rules: readonly Rule[]): void;
  removeGroup(id: string): void;
  /** A rule that stands by itself in the template. */
  putRule(id: string, rule: Rule): void;
  removeRule(id: string): void;
  putSubnet(id: string, cidr: string): void;
  inspect(): readonly { readonly id: string; readonly label: string; readonly rules: readonly Rule[] }[];
}

export const createNetworkState = (): NetworkState => {
  const groups = new Map<string, { readonly label: string; readonly rules: readonly Rule[] }>();
  const rules = new Map<string, Rule>();
  const subnets = new Map<string, string>();

  const rulesOf = (groupId: string, direction: Direction): readonly Rule[] =>
    [...(groups.get(groupId)?.rules ?? []), ...rules.values()].filter(
      (rule) => rule.groupId === groupId && rule.direction === direction,
    );

  const addressesIn = (place: NetworkPlace): readonly string[] =>
    place.subnets.flatMap((id) => subnets.get(id)?.split('/')[0] ?? []);

  const lets = ({ protocol, fromPort, toPort, peerGroupId, cidr }: Rule, peer: NetworkPlace, port: number): boolean => {
    if (!TCP.includes(protocol) || port < fromPort || port > toPort) return false;
    if (peerGroupId !== undefined) return peer.securityGroups.includes(peerGroupId);
    return cidr !== undefined && (cidr.endsWith('/0') || addressesIn(peer).some((address) => holds(cidr, address)));
  };

  /** A group without any rule for what leaves it lets everything out, as AWS makes it. */
  const letsOut = (groupId: string, to: NetworkPlace, port: number): boolean => {
    const own = rulesOf(groupId, 'egress');
    return own.length === 0 || own.some((rule) => lets(rule, to, port));
  };

  const labelsOf = ({ securityGroups }: NetworkPlace): string =>
    securityGroups.map((id) => groups.get(id)?.label ?? id).join(' and ') || 'no security group';

  return {
    putGroup: (id, label, own) => {
      groups.set(id, { label, rules: own });
    },
    removeGroup: (id) => {
      groups.delete(id);
    },
    putRule: (id, rule) => {
      rules.set(id, rule);
    },
    removeRule: (id) => {
      rules.delete(id);
    },
    putSubnet: (id, cidr) => {
      subnets.set(id, cidr);
    },
    inspect: () =>
      [...groups].map(([id, { label }]) => ({
        id,
        label,
        rules: [...rulesOf(id, 'ingress'), ...rulesOf(id, 'egress')],
      })),
    obstacle: (from, to, port) => {
      const [source, target] = [labelsOf(from), labelsOf(to)];
      if (!to.securityGroups.some((id) => rulesOf(id, 'ingress').some((rule) => lets(rule, from, port)))) {
        return `${target} has no ingress rule from ${source} for tcp ${port}`;
      }
      const isLetOut = from.securityGroups.length === 0 || from.securityGroups.some((id) => letsOut(id, to, port));
      return isLetOut ? undefined : `${source} has no egress rule to ${target} for tcp ${port}`;
    },
  };
};
