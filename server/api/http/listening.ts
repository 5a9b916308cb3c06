import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { FastifyInstance, FastifyListenOptions } from 'fastify';

interface Address {
  host: string;
  port: number;
}

/**
 * Node takes one new connection from a socket in each turn of its event loop. A busy process makes few turns, and with one socket
 * kept new clients waiting for seconds, whom it did not even refuse.
 */
const SOCKETS = 32;

/** By as many sockets on the one address as the system allows; they close with the server. */
export async function listen(server: FastifyInstance, { host, port }: Address): Promise<void> {
  if (process.platform !== 'linux') return void (await server.listen({ host, port }));
  // Sockets that share an address would share it with another program's too.
  await requireFree({ host, port });
  await server.listen({ host, port, reusePort: true } as FastifyListenOptions);
  const more = Array.from({ length: SOCKETS - 1 }, () => acceptFor(server));
  closeTogether(server.server, more);
  const main = server.server.address() as AddressInfo;
  for (const acceptor of more) await opened(acceptor, { host: main.address, port: main.port }, true);
}

async function requireFree(address: Address): Promise<void> {
  const probe = createServer();
  await opened(probe, address, false);
  probe.close();
  await once(probe, 'close');
}

const acceptFor = ({ server }: FastifyInstance): Server =>
  createServer({ allowHalfOpen: true, noDelay: true }, (socket: Socket) => server.emit('connection', socket));

async function opened(socket: Server, { host, port }: Address, reusePort: boolean): Promise<void> {
  socket.listen({ host, port, reusePort });
  await once(socket, 'listening');
}

/** The main one is closed when nothing is left of any. */
function closeTogether(main: Server, more: Server[]): void {
  const close = main.close.bind(main);
  main.close = (done) => {
    const all = [close, ...more.map((acceptor) => acceptor.close.bind(acceptor))];
    let left = all.length;
    for (const closeOne of all)
      closeOne(() => {
        left -= 1;
        if (left === 0) done?.();
      });
    return main;
  };
}
