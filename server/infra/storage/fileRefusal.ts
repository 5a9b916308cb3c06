import { STATUS_CODES } from 'node:http';

/** A refused request to the file routes; the client sees the message. */
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

/** The response body of a refusal (RFC 9457). */
export const problemOf = (refusal: FileRefusal, requestId: string) => ({
  type: 'about:blank',
  title: STATUS_CODES[refusal.status] ?? 'Refused',
  status: refusal.status,
  detail: refusal.message,
  code: refusal.code,
  requestId,
});
