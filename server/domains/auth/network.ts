import { createHmac } from 'node:crypto';
import type { App } from '../../core/app.ts';
import { networkOf } from '../../core/network.ts';

/**
 * Identifies the network that the limits count as one client; null for scripts. Uses the oldest key, so that known
 * networks stay known when a key is added.
 */
export const networkHash = ({ secrets }: App, address: string | null): string | null =>
  address === null
    ? null
    : createHmac('sha256', secrets.deviceKeys.at(-1)!)
        .update(`network ${networkOf(address)}`)
        .digest('base64url');
