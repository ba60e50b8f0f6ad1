import { isIPv4 } from 'node:net';

/** Whether an address, or the one name that always means it, is this machine's own loopback. */
export function isLoopback(address: string): boolean {
  return address === 'localhost' || address === '::1' || (isIPv4(address) && address.startsWith('127.'));
}

/** The same for a `Host` header: the port may follow, and IPv6 stands in brackets. */
export function isLoopbackHost(host: string): boolean {
  const [, name = '', ipv6] = /^([^:[\]]+|\[([^\]]+)\])(?::\d*)?$/.exec(host.toLowerCase()) ?? [];
  return isLoopback(ipv6 ?? name);
}
