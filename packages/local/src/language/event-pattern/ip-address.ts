import { isIPv6 } from 'node:net';
import { invalidPattern } from './invalid-pattern.ts';

const IPV4 = /^\d+\.\d+\.\d+\.\d+$/;
const IPV6 = /^[0-9a-fA-F:]*:[0-9a-fA-F:]*$/;
const IPV4_MAPPED = '00000000000000000000FFFF';
/** Java's InetAddress reads no longer text as an IPv4 literal. */
const LONGEST_IPV4 = 15;

const hex = (numbers: readonly number[], digits: number) =>
  numbers.map((number) => number.toString(16).toUpperCase().padStart(digits, '0')).join('');

const ipv4 = (text: string) => {
  const bytes = text.split('.').map(Number);
  return text.length <= LONGEST_IPV4 && bytes.every((byte) => byte <= 255) ? hex(bytes, 2) : undefined;
};

const groupsOf = (part: string | undefined) => (part ? part.split(':').map((group) => Number.parseInt(group, 16)) : []);

const ipv6 = (text: string) => {
  if (!isIPv6(text)) return undefined;
  const [head, tail] = text.split('::');
  const leading = groupsOf(head);
  const trailing = groupsOf(tail);
  const gap = Array.from({ length: 8 - leading.length - trailing.length }, () => 0);
  const digits = hex([...leading, ...gap, ...trailing], 4);
  return digits.startsWith(IPV4_MAPPED) ? digits.slice(IPV4_MAPPED.length) : digits;
};

/** An IP address literal as 8 or 32 hex digits; IPv4-mapped IPv6 counts as IPv4, as in AWS's event-ruler. */
export const digitsOfAddress = (text: string): string | undefined => {
  if (IPV4.test(text)) return ipv4(text);
  return IPV6.test(text) ? ipv6(text) : undefined;
};

const parseBlock = (text: string) => {
  const [base = '', mask, ...others] = text.replace(/\/+$/, '').split('/');
  if (mask === undefined || others.length > 0) throw invalidPattern("Malformed CIDR, one '/' required");
  if (!/^[-+]?\d+$/.test(mask) || Math.abs(Number(mask)) >= 2 ** 31)
    throw invalidPattern('Malformed CIDR, mask bits must be an integer');
  const bits = Number(mask);
  if (bits < 0) throw invalidPattern('Malformed CIDR, mask bits must not be negative');
  const network = digitsOfAddress(base);
  const kind = IPV4.test(base) || IPV6.test(base) ? 'Invalid' : 'Nonstandard';
  if (!network) throw invalidPattern(`${kind} IP address: ${base}`);
  const width = network.length * 4;
  if (bits >= width) throw invalidPattern(`IPv${width === 32 ? 4 : 6} mask bits must be < ${width}`);
  return { network: BigInt(`0x${network}`), bits, width };
};

/**
 * Below, at or above a bound, as event-ruler's automaton finds by reading digits: it stops at the bound's last digit,
 * and finds nothing when the value ends before that.
 */
const compareDigits = (value: string, bound: string): number => {
  if (value.startsWith(bound)) return 0;
  if (bound.startsWith(value)) return Number.NaN;
  return value < bound ? -1 : 1;
};

/** Tests for an address in a CIDR block. */
export const compileCidr = (text: string): ((value: string) => boolean) => {
  const { network, bits, width } = parseBlock(text);
  const hostMask = (1n << BigInt(width - bits)) - 1n;
  const digits = (address: bigint) =>
    address
      .toString(16)
      .toUpperCase()
      .padStart(width / 4, '0');
  const bottom = digits(network & ~hostMask);
  const top = digits(network | hostMask);
  return (value) => {
    const address = digitsOfAddress(value);
    return address !== undefined && compareDigits(address, bottom) >= 0 && compareDigits(address, top) <= 0;
  };
};
