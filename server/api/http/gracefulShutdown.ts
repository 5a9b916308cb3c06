import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

const DRAIN_MS = 300;
/** How long a connection may take to send its first request once no more connections are accepted. */
const SILENT_MS = 500;
/** With the drain, which is 15 s at most. The rest of the 25 s is for workers and the database. */
const CLOSE_WITHIN_MS = 17_000;

export interface Shutdown {
  /** Aborts when the stop begins: the process is not ready any more, but takes requests. */
  stopping: AbortSignal;
  /** Aborts when the drain is over: what would last, as streams do, ends now. */
  closing: AbortSignal;
}

/**
 * When the server closes: it is not ready any more, and its responses tell clients to close their connections. After the drain,
 * when balancers have noticed, streams end and the port closes; accepted requests are finished, and what then still hangs is cut off.
 */
export function shutDownGracefully(server: FastifyInstance, drainMs = DRAIN_MS): Shutdown {
  const stopping = new AbortController();
  const closing = new AbortController();
  endSilentConnections(server, closing.signal);
  let deadline: NodeJS.Timeout | undefined;
  server.addHook('preClose', async () => {
    stopping.abort();
    deadline = setTimeout(() => server.server.closeAllConnections(), CLOSE_WITHIN_MS).unref();
    if (server.server.listening) await pause(drainMs);
    closing.abort();
  });
  // Fastify tells only the clients of later requests, and would wait until the others close their connections.
  server.addHook('onSend', (_request, reply, payload, done) => {
    if (stopping.signal.aborted) reply.header('connection', 'close');
    done(null, payload);
  });
  server.addHook('onClose', async () => clearTimeout(deadline));
  return { stopping: stopping.signal, closing: closing.signal };
}

/** Connections that browsers open in advance: Node does not count them as idle, because they carried no request yet. */
function endSilentConnections({ server }: FastifyInstance, closing: AbortSignal): void {
  const silent = new Set<Socket>();
  const end = (socket: Socket) => {
    if (silent.has(socket)) socket.destroy();
  };
  // A busy process may not have read yet what was sent: it does so before an immediate runs.
  const endLater = (socket: Socket) => setTimeout(() => setImmediate(end, socket), SILENT_MS).unref();
  server.on('connection', (socket: Socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
    if (closing.aborted) endLater(socket);
  });
  server.on('request', ({ socket }: { socket: Socket }) => silent.delete(socket));
  closing.addEventListener('abort', () => {
    for (const socket of silent) endLater(socket);
  });
}
