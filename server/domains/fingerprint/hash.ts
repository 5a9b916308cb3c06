import { createHmac } from 'node:crypto';
import type { App } from '../../core/app.ts';

/** One hash for each key, newest first, so that devices seen under an older key are recognised until that key is removed. */
export const hashesOf = ({ secrets }: App, fingerprint: string): string[] =>
  secrets.deviceKeys.map((key) => createHmac('sha256', key).update(fingerprint).digest('base64url'));
