import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
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
/** Under a flood of new connections, the last ones are refused. */
const EMPTY_WITHIN_MS = 8_000;

/** Listens with several sockets on one address where the system allows it; they close with the server. */
export async function listen(server: FastifyInstance, { host, port }: Address): Promise<void> {
  if (process.platform !== 'linux') {
    await server.listen({ host, port });
    return closeTogether(server.server, []);
  }
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

/** Closes all sockets, each when nobody waits in its backlog; done when the connections of all of them have ended. */
function closeTogether(main: Server, more: Server[]): void {
  const closeMain = main.close.bind(main);
  const closeAll = async () => {
    const ended: Promise<void>[] = [];
    const closeOne = async (socket: Server, close: Server['close']) => {
      await backlogEmpty(socket);
      ended.push(new Promise((resolve) => close(() => resolve())));
    };
    await Promise.all(more.map((acceptor) => closeOne(acceptor, acceptor.close.bind(acceptor))));
    await closeOne(main, closeMain);
    await Promise.all(ended);
  };
  main.close = (done) => {
    void closeAll().then(() => done?.());
    return main;
  };
}

/**
 * Resolves in a turn of the event loop in which nobody was accepted. The system has long told those who stand in the backlog that they
 * are connected, and resets them when the socket closes.
 */
async function backlogEmpty(socket: Server): Promise<void> {
  const givesUpAt = performance.now() + EMPTY_WITHIN_MS;
  for (let hasCome = true; hasCome && performance.now() < givesUpAt; ) {
    hasCome = false;
    const note = () => {
      hasCome = true;
    };
    socket.once('connection', note);
    // Right after the phase of the event loop in which connections are accepted.
    await setImmediate();
    socket.off('connection', note);
  }
}
