import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAddressReader } from '../../server/api/clientAddress.ts';
import { createHost, type Host, listen, talk } from './host.ts';

const TRUSTED = ['10.0.0.0/8', '127.0.0.1', 'fd00::/8'];

/** The same rule, told in another way: with Node's own block list, from the left to the right. */
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

const request = (peer: string, header: string | undefined) =>
  ({
    socket: { remoteAddress: peer },
    headers: header === undefined ? {} : { 'x-forwarded-for': header },
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
      expect({ header, address: read(request(peer, header)) }).toEqual({
        header,
        address: model(peer, header),
      });
    }
  });
});

describe('over the wire', () => {
  let host: Host;
  let port: number;

  beforeAll(async () => {
    host = await createHost({ trustedProxies: ['127.0.0.0/8'] });
    port = await listen(host.server);
  });
  afterAll(() => host.close());

  const askWith = async (...lines: string[]) => {
    const answer = await talk(
      port,
      ['GET /v1/asked HTTP/1.1', 'Host: ciel', 'Connection: close', ...lines, '', ''].join('\r\n'),
    );
    return JSON.parse(answer.split('\r\n\r\n')[1]!) as { address: string };
  };

  test('several X-Forwarded-For lines count as one list', async () => {
    expect(await askWith('X-Forwarded-For: 6.6.6.6', 'X-Forwarded-For: 198.51.100.1')).toMatchObject({
      address: '198.51.100.1',
    });
  });

  test('no other header says where a request comes from', async () => {
    expect(
      await askWith(
        'X-Real-IP: 6.6.6.6',
        'Forwarded: for=6.6.6.6',
        'CF-Connecting-IP: 6.6.6.6',
        'True-Client-IP: 6.6.6.6',
        'X-Forwarded-Host: evil.example',
        'X-Forwarded-Proto: https',
      ),
    ).toMatchObject({ address: '127.0.0.1' });
  });
});
