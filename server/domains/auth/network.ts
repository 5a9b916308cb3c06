import { createHmac } from 'node:crypto';
import type { App } from '../../core/app.ts';
import type { Context } from '../../core/context.ts';
import { networkOf } from '../rateLimiter/service.ts';

/** Who calls, before it is known who it is. */
export type Client = Pick<Context, 'deviceName' | 'address'>;

/** Of what counts as one client for the limits; null for scripts. By the oldest key, so that who has signed in stays known when a new one comes. */
export const networkHash = ({ secrets }: App, address: string | null): string | null =>
  address === null
    ? null
    : createHmac('sha256', secrets.deviceKeys.at(-1)!)
        .update(`network ${networkOf(address)}`)
        .digest('base64url');
