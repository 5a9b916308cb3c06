import ipaddr from 'ipaddr.js';

const NETWORK_PARTS = 4;

/** What counts as one client: an IPv4 address, or the /64 of an IPv6 address. All invalid addresses count as one client. */
export function networkOf(address: string | null): string {
  const text = address?.replace(/%.*$/, '') ?? '';
  if (!ipaddr.isValid(text)) return 'unknown';
  const parsed = ipaddr.process(text);
  if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString();
  return `${parsed.parts
    .slice(0, NETWORK_PARTS)
    .map((part) => part.toString(16))
    .join(':')}::/64`;
}
