import { createHmac } from 'node:crypto';
import type { App } from '../../core/app.ts';
import type { Context } from '../../core/context.ts';
import { networkOf } from '../rateLimiter/service.ts';

/** The client, before the user is known. */
export type Client = Pick<Context, 'deviceName' | 'address'>;

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
