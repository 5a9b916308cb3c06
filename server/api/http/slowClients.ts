import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

const LOOK_EVERY_MS = 5_000;
/** Slower than any connection that a person would put up with. */
const LEAST_BYTES_A_SECOND = 1_000;

/** Cuts connections whose client hardly reads its response: each holds memory and, when a file is being sent, the open file. */
export function disconnectSlowClients(server: FastifyInstance, everyMs = LOOK_EVERY_MS): void {
  const sockets = new Set<Socket>();
  /** Bytes taken by the last check, for sockets that had more to send. */
  let waiting = new Map<Socket, number>();
  const leastBytes = (LEAST_BYTES_A_SECOND * everyMs) / 1000;

  const looking = setInterval(() => {
    const now = new Map<Socket, number>();
    for (const socket of sockets) {
      if (socket.writableLength === 0) continue;
      const taken = socket.bytesWritten - socket.writableLength;
      const before = waiting.get(socket);
      if (before !== undefined && taken - before < leastBytes) socket.destroy();
      else now.set(socket, taken);
    }
    waiting = now;
  }, everyMs).unref();

  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.addHook('onClose', async () => clearInterval(looking));
}
