import { isIPv6 } from 'node:net';

const IPV4 = /^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}$/;
const IPV6 = /^[0-9a-fA-F:]*:[0-9a-fA-F:]*$/;
const IPV4_MAPPED = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];

const ipv4Bytes = (text: string) => {
  const bytes = text.split('.').map(Number);
  return bytes.every((byte) => byte <= 255) ? bytes : undefined;
};

const groupsOf = (part: string | undefined) => (part ? part.split(':').map((group) => Number.parseInt(group, 16)) : []);

const ipv6Bytes = (text: string) => {
  if (!isIPv6(text)) return undefined;
  const [head, tail] = text.split('::');
  const leading = groupsOf(head);
  const trailing = groupsOf(tail);
  const gap = Array.from({ length: 8 - leading.length - trailing.length }, () => 0);
  const bytes = [...leading, ...gap, ...trailing].flatMap((group) => [group >> 8, group & 0xff]);
  return IPV4_MAPPED.every((byte, index) => bytes[index] === byte) ? bytes.slice(12) : bytes;
};

/** The 4 or 16 bytes of an IP address literal; IPv4-mapped IPv6 counts as IPv4, as in AWS's event-ruler. */
export const bytesOfAddress = (text: string): readonly number[] | undefined => {
  if (IPV4.test(text)) return ipv4Bytes(text);
  return IPV6.test(text) ? ipv6Bytes(text) : undefined;
};

export const sameAddress = (left: readonly number[], right: readonly number[]): boolean =>
  left.length === right.length && left.every((byte, index) => byte === right[index]);

/** Whether the first `bits` bits agree; addresses of different families never do. */
export const sharesPrefix = (left: readonly number[], right: readonly number[], bits: number): boolean =>
  left.length === right.length &&
  left.every((byte, index) => {
    const fixed = Math.min(8, Math.max(0, bits - index * 8));
    const mask = (0xff << (8 - fixed)) & 0xff;
    return (byte & mask) === ((right[index] ?? 0) & mask);
  });
