import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config/config.ts';
import { deriveKeys } from '../config/secrets.ts';
import type { App } from '../core/app.ts';
import type { Setup } from '../domains/processes/differences.ts';
import {
  countConnections,
  findUnlikePeers,
  forgetProcess,
  renewProcess,
} from '../domains/processes/public.ts';
import type { Log } from '../infra/log/log.ts';
import { pause } from '../infra/queue/backoff.ts';
import type { Runtime } from './runtime.ts';
import { versionOf } from './version.ts';

const BEAT_MS = 10_000;
/** The row of a process that can't delete it is soon taken for dead anyway. */
const FORGET_WITHIN_MS = 2_000;

type Keys = Record<'accessKeys' | 'refreshKeys', Buffer[]>;

/** What peers must agree about. Workers sign nothing and make no links. */
export function setupOf(config: Config, keys: Keys): Setup {
  const isApi = config.mode === 'api' || config.mode === 'combined';
  const digests = (list: Buffer[]) =>
    isApi ? deriveKeys(list, 'peers').map((key) => key.toString('base64url')) : [];
  return {
    version: versionOf(),
    publicUrl: isApi ? config.publicUrl : null,
    store: storeOf(config),
    queue: config.mode === 'serverless-worker' ? null : queueOf(config),
    accessKeys: digests(keys.accessKeys),
    refreshKeys: digests(keys.refreshKeys),
  };
}

const storeOf = ({ s3 }: Config) =>
  s3 ? `${s3.bucket} at ${hostOf(s3.endpoint) ?? `s3.${s3.region}`}` : 'files';

const queueOf = ({ queue }: Config) =>
  queue ? `${queue.name} at ${hostOf(queue.endpoint) ?? `sqs.${queue.region}`}` : 'database';

const hostOf = (url: string | undefined) => url && new URL(url).host;

/** Keeps the row of this process alive, and logs peers that are set up differently, each once. */
export function announce({ app, config, database: { pooled }, log }: Runtime): { stop(): Promise<void> } {
  const { mode, database } = config;
  const setup = setupOf(config, app.secrets);
  // A pooler's connections are its own affair.
  const connections = pooled ? 0 : database.maxConnections;
  const self = { ...setup, mode, host: hostname(), pid: process.pid, connections };
  const stopping = new AbortController();
  const told = new Set<string>();
  let id: string | undefined;

  async function beat() {
    const isFirst = id === undefined;
    id = await renewProcess(app, self, id);
    if (isFirst) await warnOfTooManyConnections(app, log);
    for (const { peer, aspects } of await findUnlikePeers(app, self, id)) {
      if (told.has(peer.id)) continue;
      told.add(peer.id);
      const { mode, host, pid } = peer;
      const about = { peer: { mode, host, pid }, differs: aspects };
      // During a rollout that is how it should be.
      if (aspects.every((aspect) => aspect === 'version')) log.info(about, 'a peer has another version');
      else log.warn(about, 'a peer is set up differently: npm run ciel -- doctor compares all of them');
    }
  }

  async function run() {
    while (!stopping.signal.aborted) {
      await beat().catch((err: unknown) => log.debug({ err }, 'could not say that this process lives'));
      await pause(BEAT_MS, stopping.signal);
    }
    if (id) await forgetProcess(app, id).catch(() => {});
  }

  const done = run();
  return {
    async stop() {
      stopping.abort();
      await Promise.race([done, sleep(FORGET_WITHIN_MS, undefined, { ref: false })]);
    },
  };
}

async function warnOfTooManyConnections(app: App, log: Log): Promise<void> {
  const { wanted, available } = await countConnections(app);
  if (wanted > available)
    log.warn(
      { wanted, available },
      'all processes together may open more connections than PostgreSQL has for them: lower DB_MAX_CONNECTIONS',
    );
}
