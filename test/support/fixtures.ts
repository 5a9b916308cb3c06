import { test as base } from 'vitest';
import type { Settings } from '../../server/core/app.ts';
import { startHost, WIDE_LIMITS } from './host.ts';
import { createWorld } from './world.ts';

/**
 * What most tests need, made once for each file that asks for it and closed after its last hook. Helpers of a file read
 * what it has put into its variables: `test.beforeAll(({ world: made }) => { world = made; })`.
 */
export const test = base
  .extend('settings', { scope: 'file' }, (): Partial<Settings> => ({}))
  /** For a peer that differs from the world. */
  .extend('peerSettings', { scope: 'file' }, (): Partial<Settings> => ({}))
  .extend('world', { scope: 'file' }, async ({ settings }, { onCleanup }) => {
    const world = await createWorld({ settings });
    onCleanup(world.close);
    return world;
  })
  /** Another process of the same installation. */
  .extend('peer', { scope: 'file' }, async ({ world, peerSettings }, { onCleanup }) => {
    const peer = await createWorld({ peerOf: world, settings: peerSettings });
    onCleanup(peer.close);
    return peer;
  })
  /** A world of its own behind a real port, with wide limits. */
  .extend('host', { scope: 'file' }, async ({ settings }, { onCleanup }) => {
    const host = await startHost(await createWorld({ settings: { ...WIDE_LIMITS, ...settings } }));
    onCleanup(host.close);
    return host;
  })
  .extend('alice', { scope: 'file' }, ({ world }) => world.person('alice'))
  .extend('bob', { scope: 'file' }, ({ world }) => world.person('bob'))
  .extend('carol', { scope: 'file' }, ({ world }) => world.person('carol'));
