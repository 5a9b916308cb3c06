import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type AddressReader = (request: IncomingMessage) => string;

/**
 * Reads the address of the client: the rightmost hop that is not a trusted proxy. X-Forwarded-For from an untrusted peer is ignored,
 * and a malformed hop ends the walk at the proxy that forwarded it.
 */
export function createAddressReader(trustedRanges: string[]): AddressReader {
  const ranges = trustedRanges.map(parseRange);
  const isTrusted = (address: Address) =>
    ranges.some(([network, bits]) => network.kind() === address.kind() && address.match(network, bits));

  return ({ socket, headers }) => {
    let client = peerOf(socket);
    if (!client) return 'unknown';
    const hops = ranges.length ? String(headers['x-forwarded-for'] ?? '').split(',') : [];
    while (isTrusted(client) && hops.length) {
      const text = hops.pop()!.trim();
      if (!text) continue;
      const hop = parseHop(text);
      if (!hop) break;
      client = hop;
    }
    return client.toString();
  };
}

const peers = new WeakMap<Socket, Address | null>();

/** All requests of a connection have the same peer. */
function peerOf(socket: Socket): Address | null {
  const known = peers.get(socket);
  if (known !== undefined) return known;
  const peer = parseHop(socket.remoteAddress ?? '');
  peers.set(socket, peer);
  return peer;
}

function parseRange(text: string): [Address, number] {
  const [network, bits] = text.includes('/') ? ipaddr.parseCIDR(text) : wholeAddress(ipaddr.parse(text));
  if (network instanceof ipaddr.IPv6 && network.isIPv4MappedAddress() && bits >= 96) {
    return [network.toIPv4Address(), bits - 96];
  }
  return [network, bits];
}

const wholeAddress = (address: Address): [Address, number] => [address, address.kind() === 'ipv4' ? 32 : 128];

const WITH_PORT = /^(?:\[(?<inBrackets>[^\]]+)\]|(?<bare>[^:]+))(?::\d{1,5})?$/;

/** With or without a port; an IPv4-mapped IPv6 address counts as IPv4, a zone is dropped. */
function parseHop(text: string): Address | null {
  const groups = WITH_PORT.exec(text)?.groups;
  const [host] = (groups?.inBrackets ?? groups?.bare ?? text).split('%');
  if (!host || !(ipaddr.IPv4.isValidFourPartDecimal(host) || ipaddr.IPv6.isValid(host))) return null;
  return ipaddr.process(host);
}
