import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { FastifyInstance, FastifyListenOptions } from 'fastify';

interface Address {
  host: string;
  port: number;
}

/**
 * Node accepts one new connection per socket in each turn of its event loop. A busy process makes few turns: with one socket, it kept
 * new clients waiting for seconds and did not even refuse them.
 */
const SOCKETS = 32;

/** Listens with several sockets on one address where the system allows it; they close with the server. */
export async function listen(server: FastifyInstance, { host, port }: Address): Promise<void> {
  if (process.platform !== 'linux') return void (await server.listen({ host, port }));
  // Sockets that share an address would also share it with another program.
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

/** The main server is closed when all of them are. */
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
