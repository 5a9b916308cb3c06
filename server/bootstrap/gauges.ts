import type { GaugeSource } from '../api/monitoring/metrics.ts';
import { shared } from '../api/monitoring/shared.ts';
import { photographsWaitSeconds } from '../domains/media/processing/service.ts';
import { countIncomplete } from '../domains/media/variants/service.ts';
import type { Queue } from '../infra/queue/queue.ts';
import type { Runtime } from './runtime.ts';

type Depth = Awaited<ReturnType<Queue['depth']>>;

/** The jobs of the whole installation, wherever they are. A gauge is left out while its queue can't be asked. */
export function gaugesOf({ app, tables, sqs }: Runtime): GaugeSource[] {
  const media = sqs
    ? async () => sum(await Promise.all([tables.media.depth(), sqs.depth()]))
    : tables.media.depth;
  const depths = { media: shared(media), effects: shared(tables.effects.depth) };
  const waits = { media: () => photographsWaitSeconds(app), effects: tables.effects.waitedSeconds };
  const numbers = (['media', 'effects'] as const).flatMap((queue) =>
    (['ready', 'inFlight', 'dead'] as const).map((state) => ({
      name: `ciel_jobs_${queue}_${state === 'inFlight' ? 'in_flight' : state}`,
      help: `Jobs of the ${queue} queue that are ${state === 'inFlight' ? 'in flight' : state}`,
      read: async () => (await depths[queue]())[state],
    })),
  );
  const ages = (['media', 'effects'] as const).map((queue) => ({
    name: `ciel_jobs_${queue}_oldest_seconds`,
    help: `How long the oldest job of the ${queue} queue has waited`,
    read: waits[queue],
  }));
  return [...numbers, ...ages, incomplete(app)];
}

const sum = (depths: Depth[]): Depth => ({
  ready: total(depths, 'ready'),
  inFlight: total(depths, 'inFlight'),
  dead: total(depths, 'dead'),
});

const total = (depths: Depth[], state: keyof Depth) => depths.reduce((all, depth) => all + depth[state], 0);

const incomplete = (app: Runtime['app']): GaugeSource => ({
  name: 'ciel_media_incomplete',
  help: 'Photographs that lack variants, which are still to be made',
  read: () => countIncomplete(app),
});
