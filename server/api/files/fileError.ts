import { CielError, type ErrorCode } from '../../core/errors.ts';
import { statusOf } from '../../core/statuses.ts';

interface Extras {
  /** Where HTTP has a more precise status than that of the code, such as 411 or 416. */
  status?: number;
  headers?: Record<string, string>;
  retryAfterSeconds?: number | undefined;
}

/** A refused request to the file routes; the client sees the detail. */
export class FileError extends CielError {
  override name = 'FileError';
  readonly status: number;
  readonly headers: Record<string, string>;

  constructor(
    code: ErrorCode,
    detail: string,
    { status = statusOf(code), headers = {}, retryAfterSeconds }: Extras = {},
  ) {
    super(code, { detail, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) });
    this.status = status;
    this.headers = headers;
  }
}
