import { test as base } from 'vitest';
import type { Settings } from '../../server/core/app.ts';
import { startHost } from './host.ts';
import { createWorld } from './world.ts';

interface Options {
  settings?: Partial<Settings>;
  /** Where a peer differs from the world. */
  peerSettings?: Partial<Settings>;
}

/**
 * What most tests need, made once for each file that asks for it and closed after its last hook. Helpers of a file read
 * what `test.beforeAll(({ world: worldOfFile }) => …)` has put into its variables.
 */
export const testWith = ({ settings = {}, peerSettings = {} }: Options = {}) =>
  base
    .extend('settings', { scope: 'file' }, settings)
    .extend('world', { scope: 'file' }, async ({ settings }, { onCleanup }) => {
      const world = await createWorld({ settings });
      onCleanup(world.close);
      return world;
    })
    /** Another process of the same installation. */
    .extend('peer', { scope: 'file' }, async ({ world }, { onCleanup }) => {
      const peer = await createWorld({ peerOf: world, settings: peerSettings });
      onCleanup(peer.close);
      return peer;
    })
    /** The world behind a real port. */
    .extend('host', { scope: 'file' }, async ({ world }, { onCleanup }) => {
      const host = await startHost(world);
      onCleanup(() => host.server.close());
      return host;
    })
    .extend('alice', { scope: 'file' }, ({ world }) => world.person('alice'))
    .extend('bob', { scope: 'file' }, ({ world }) => world.person('bob'))
    .extend('carol', { scope: 'file' }, ({ world }) => world.person('carol'));

export const test = testWith();
