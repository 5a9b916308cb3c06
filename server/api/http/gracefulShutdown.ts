import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

const DRAIN_MS = 300;
/** How long a connection may take to send its first request after the last one was accepted. */
const SILENT_MS = 500;
/** The rest of the 25 s is for workers and the database. */
const CLOSE_WITHIN_MS = 15_000;

/**
 * When the server closes: streams end, answers tell busy clients to close their connections, what was accepted is finished,
 * and what then still hangs is cut. The signal aborts at its beginning.
 */
export function stopGracefully(server: FastifyInstance, drainMs = DRAIN_MS): AbortSignal {
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
  // Fastify tells those only whose request comes later, and would wait until this one's client lets go of its connection.
  server.addHook('onSend', (_request, reply, payload, done) => {
    if (stopping.signal.aborted) reply.header('connection', 'close');
    done(null, payload);
  });
  server.addHook('onClose', async () => clearTimeout(deadline));
  return stopping.signal;
}

/** Those that browsers open in advance: for Node they are not idle, because no request came over them yet. */
function silentConnections({ server }: FastifyInstance): Set<Socket> {
  const silent = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  server.on('request', ({ socket }: { socket: Socket }) => silent.delete(socket));
  return silent;
}
