import { STATUS_CODES } from 'node:http';

/** A request to the file routes that is refused, with what the client is told. */
export class FileRefusal extends Error {
  override name = 'FileRefusal';
  readonly status: number;
  readonly code: string;
  readonly headers: Record<string, string>;

  constructor(status: number, code: string, detail: string, headers: Record<string, string> = {}) {
    super(detail);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** The body of a refusal, as RFC 9457 has it. */
export const problemOf = (refusal: FileRefusal, requestId: string) => ({
  type: 'about:blank',
  title: STATUS_CODES[refusal.status] ?? 'Refused',
  status: refusal.status,
  detail: refusal.message,
  code: refusal.code,
  requestId,
});
