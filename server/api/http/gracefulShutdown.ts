import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

const DRAIN_MS = 300;
/** How long a connection may take to send its first request once no more connections are accepted. */
const SILENT_MS = 500;
/** The rest of the 25 s is for workers and the database. */
const CLOSE_WITHIN_MS = 15_000;

/**
 * When the server closes: streams end, responses tell busy clients to close their connections, accepted requests are finished, and
 * what then still hangs is cut off. The signal aborts when closing begins.
 */
export function shutDownGracefully(server: FastifyInstance, drainMs = DRAIN_MS): AbortSignal {
  const stopping = new AbortController();
  const silent = silentConnections(server);
  let deadline: NodeJS.Timeout | undefined;
  server.addHook('preClose', async () => {
    stopping.abort();
    deadline = setTimeout(() => server.server.closeAllConnections(), CLOSE_WITHIN_MS).unref();
    if (server.server.listening) await pause(drainMs);
    setTimeout(() => {
      for (const socket of silent) socket.destroy();
    }, SILENT_MS).unref();
  });
  // Fastify tells only the clients of later requests, and would wait until the others close their connections.
  server.addHook('onSend', (_request, reply, payload, done) => {
    if (stopping.signal.aborted) reply.header('connection', 'close');
    done(null, payload);
  });
  server.addHook('onClose', async () => clearTimeout(deadline));
  return stopping.signal;
}

/** Connections that browsers open in advance: Node does not count them as idle, because they carried no request yet. */
function silentConnections({ server }: FastifyInstance): Set<Socket> {
  const silent = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  server.on('request', ({ socket }: { socket: Socket }) => silent.delete(socket));
  return silent;
}
