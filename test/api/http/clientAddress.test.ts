import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAddressReader } from '../../../server/api/http/clientAddress.ts';
import { createHost, type Host, listen, talk } from '../host.ts';

const TRUSTED = ['10.0.0.0/8', '127.0.0.1', 'fd00::/8'];

/** The same rule, written differently: with Node's own block list, from left to right. */
function modelOf(ranges: string[]) {
  const list = new BlockList();
  for (const range of ranges) {
    const [network, bits] = range.split('/') as [string, string?];
    const family = isIP(network) === 6 ? 'ipv6' : 'ipv4';
    list.addSubnet(network, Number(bits ?? (family === 'ipv6' ? 128 : 32)), family);
  }
  const clean = (hop: string) => {
    const bare = hop
      .trim()
      .replace(/^\[(.*)\](:\d+)?$/, '$1')
      .replace(/%.*$/, '');
    const unmapped = bare.replace(/^::ffff:(?=\d+\.)/i, '');
    const withoutPort = /^[\d.]+:\d+$/.test(unmapped) ? unmapped.split(':')[0]! : unmapped;
    return isIP(withoutPort) ? withoutPort : null;
  };
  const isTrusted = (address: string) => list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  return (peer: string, header: string | undefined): string => {
    const chain = [...(header ?? '').split(',').filter((hop) => hop.trim()), peer].map(clean);
    const lastBad = chain.lastIndexOf(null);
    const good = chain.slice(lastBad + 1) as string[];
    const untrusted = good.findLast((address) => !isTrusted(address));
    return untrusted ?? good[0]!;
  };
}

const PEERS = [
  '203.0.113.7',
  '10.1.2.3',
  '::ffff:10.1.2.3',
  '127.0.0.1',
  'fd00::7',
  '2001:db8::7',
  '11.0.0.1',
];
const HEADERS = [
  undefined,
  '',
  '198.51.100.1',
  ' 198.51.100.1 ',
  '198.51.100.1:4711',
  '198.51.100.1, 10.9.9.9',
  '6.6.6.6, 198.51.100.1, 10.9.9.9',
  '6.6.6.6,198.51.100.1,,10.9.9.9,',
  '10.5.5.5, 10.9.9.9',
  '::ffff:198.51.100.1',
  '[2001:db8::1]:443, 10.9.9.9',
  '2001:db8::1',
  '[2001:db8::1]',
  'fe80::1%eth0',
  'garbage',
  '198.51.100.1, garbage',
  '198.51.100.1, garbage, 10.9.9.9',
  'unknown, 198.51.100.1',
  '198.51.100.1, 10.9.9.9, fd00::9',
  '999.1.1.1',
  '0x7f000001',
  '127.1',
  `${'6.6.6.6, '.repeat(1000)}198.51.100.1`,
  `${'10.9.9.9, '.repeat(1000)}10.1.1.1`,
];

/** Whatever else says where a request comes from: nobody reads that, of whomever it is. */
const OTHERS: Record<string, string>[] = [
  {},
  { 'x-real-ip': '6.6.6.6' },
  { forwarded: 'for=6.6.6.6;host=evil.example;proto=https' },
  { 'cf-connecting-ip': '6.6.6.6', 'true-client-ip': '6.6.6.6', 'x-client-ip': '6.6.6.6' },
  { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', 'x-forwarded-port': '1' },
  { 'x-cluster-client-ip': '6.6.6.6', 'fastly-client-ip': '6.6.6.6', 'x-original-forwarded-for': '6.6.6.6' },
];

const request = (peer: string, header: string | undefined, others: Record<string, string>) =>
  ({
    socket: { remoteAddress: peer },
    headers: header === undefined ? others : { ...others, 'x-forwarded-for': header },
  }) as unknown as IncomingMessage;

describe.each([
  { ranges: TRUSTED },
  { ranges: [] },
  { ranges: ['203.0.113.0/24'] },
  { ranges: ['::ffff:10.0.0.0/104'] },
])('behind $ranges', ({ ranges }) => {
  const read = createAddressReader(ranges);
  const model = modelOf(ranges.map((range) => (range === '::ffff:10.0.0.0/104' ? '10.0.0.0/8' : range)));

  test.each(PEERS)('a request from %s is of the rightmost hop that is not a proxy', (peer) => {
    for (const header of HEADERS) {
      for (const others of OTHERS) {
        const address = read(request(peer, header, others));
        expect({ header, others, address }).toEqual({ header, others, address: model(peer, header) });
      }
    }
  });
});

describe('over the wire', () => {
  const lines = (headers: Record<string, string>) =>
    Object.entries(headers).map(([name, value]) => `${name}: ${value}`);

  const ask = async (port: number, request: string, headers: string[]) => {
    const answer = await talk(port, [request, 'Connection: close', ...headers, '', ''].join('\r\n'));
    const [head, body] = answer.split('\r\n\r\n') as [string, string];
    return { head, body: JSON.parse(body) as Record<string, unknown> };
  };

  describe.each([
    ['a proxy of ours', ['127.0.0.0/8'], '198.51.100.1'],
    ['nobody whom we trust', [], '127.0.0.1'],
    ['somebody who is not one of our proxies', ['10.0.0.0/8'], '127.0.0.1'],
  ])('from %s', (_, trustedProxies, expected) => {
    let host: Host;
    let port: number;

    beforeAll(async () => {
      host = await createHost({ trustedProxies });
      port = await listen(host.server);
    });
    afterAll(() => host.close());

    const addressOf = async (...headers: string[]) =>
      (await ask(port, 'GET /v1/asked HTTP/1.1', ['Host: ciel', ...headers])).body.address;

    test('several X-Forwarded-For headers count as one list, if trusted', async () => {
      expect(await addressOf('X-Forwarded-For: 6.6.6.6', 'X-Forwarded-For: 198.51.100.1')).toBe(expected);
    });

    test('no other header says where a request comes from', async () => {
      for (const others of OTHERS) {
        expect(await addressOf(...lines(others))).toBe('127.0.0.1');
        expect(await addressOf('X-Forwarded-For: 6.6.6.6, 198.51.100.1', ...lines(others))).toBe(expected);
      }
    });

    test('no header says where we are: an answer names the host that is configured, or none', async () => {
      const headers = ['Host: evil.example', 'X-Forwarded-Host: evil.example', 'X-Forwarded-Proto: gopher'];
      for (const path of ['/openapi.json', '/v1/nothing', '/v1/asked']) {
        const { head, body } = await ask(port, `GET ${path} HTTP/1.1`, headers);
        expect([path, head + JSON.stringify(body)]).not.toEqual([path, expect.stringMatching(/evil|gopher/)]);
      }
    });
  });
});
