import { connect } from 'node:net';

export interface WireRequest {
  method: string;
  /** As it is written in the first line. */
  target: string;
  headers: [name: string, value: string][];
  body?: Buffer | undefined;
}

export interface WireAnswer {
  /** 0 when the connection was closed without a response. */
  status: number;
  head: string;
  body: string;
  /** The connection broke while the body was sent: who refuses it unread may not wait for the rest. */
  isCut?: boolean;
}

/** What fits into the buffers of a connection. */
const MAX_UNREAD = 64 * 1024;
const ANSWERED_WITHIN_MS = 20_000;
/** An open stream is left after its first bytes. */
const STREAM = /^content-type: text\/event-stream/im;

/** Sends what no client of HTTP would: the bytes as they are, on a connection of its own. */
export function send(port: number, { method, target, headers, body }: WireRequest): Promise<WireAnswer> {
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  const length = body ? [`content-length: ${body.length}`] : [];
  const head = [
    `${method} ${target} HTTP/1.1`,
    'host: ciel',
    'connection: close',
    ...lines,
    ...length,
    '',
    '',
  ];
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let isCut = false;
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(Buffer.from(head.join('\r\n'), 'latin1'));
      if (body) socket.write(body);
    });
    const late = setTimeout(
      () => socket.destroy(new Error(`no answer: ${method} ${target.slice(0, 200)}`)),
      ANSWERED_WITHIN_MS,
    );
    socket.on('data', (bytes) => {
      chunks.push(bytes);
      if (chunks.length < 3 && STREAM.test(bytes.toString('latin1'))) socket.end();
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      isCut = (body?.length ?? 0) > MAX_UNREAD && (error.code === 'EPIPE' || error.code === 'ECONNRESET');
      if (!isCut) reject(error);
    });
    socket.on('close', () => {
      clearTimeout(late);
      resolve({ ...read(Buffer.concat(chunks).toString('latin1')), isCut });
    });
  });
}

function read(all: string): WireAnswer {
  const text = all.replace(/^HTTP\/1\.1 1\d\d [\s\S]*?\r\n\r\n/, '');
  const end = text.indexOf('\r\n\r\n');
  const head = end < 0 ? text : text.slice(0, end);
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1] ?? 0);
  return { status, head, body: end < 0 ? '' : text.slice(end + 4) };
}
