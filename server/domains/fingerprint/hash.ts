import { createHmac } from 'node:crypto';
import type { App } from '../../core/app.ts';

/** By every key, the newest first: what was seen under an older one is recognised until that is taken away. */
export const hashesOf = ({ secrets }: App, fingerprint: string): string[] =>
  secrets.deviceKeys.map((key) => createHmac('sha256', key).update(fingerprint).digest('base64url'));
