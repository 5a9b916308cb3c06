import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** `silent` holds every byte back and takes new connections; `refused` takes none and resets those there are. */
export type Fault = { kind: 'none' | 'silent' | 'refused' } | { kind: 'slow'; latencyMs: number };

export interface FaultProxy {
  port: number;
  set(fault: Fault): Promise<void>;
  /** Resets the connections there are; new ones are taken. */
  cut(): void;
  close(): Promise<void>;
}

/** A proxy between a client and a server on this machine that breaks the connection on demand. */
export async function startFaultProxy(upstreamPort: number): Promise<FaultProxy> {
  let fault: Fault = { kind: 'none' };
  const sockets = new Set<Socket>();

  const server = createServer((client) => {
    const upstream = connect(upstreamPort, '127.0.0.1');
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
      if (fault.kind === 'silent') socket.pause();
    }
    forward(client, upstream);
    forward(upstream, client);
  });

  function forward(from: Socket, to: Socket) {
    from.on('data', (bytes) => {
      if (fault.kind === 'slow') setTimeout(() => to.write(bytes), fault.latencyMs);
      else to.write(bytes);
    });
    if (fault.kind === 'silent') from.pause();
  }

  function cut() {
    for (const socket of sockets) socket.resetAndDestroy();
  }

  async function stopListening() {
    if (!server.listening) return;
    const closed = new Promise((resolve) => server.close(resolve));
    cut();
    await closed;
  }

  await listen(server, 0);
  const { port } = server.address() as AddressInfo;
  return {
    port,
    async set(next) {
      fault = next;
      if (next.kind === 'refused') await stopListening();
      else if (!server.listening) await listen(server, port);
      for (const socket of sockets) next.kind === 'silent' ? socket.pause() : socket.resume();
    },
    cut,
    close: stopListening,
  };
}

const listen = (server: Server, port: number) =>
  new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
