import { domainOf } from './domainRules.ts';
import type { Source } from './sources.ts';

/** Returns the violations of a rule, a sentence each. */
export type Rule = (sources: Source[]) => string[];

const LAYERS = ['schema', 'infra', 'imaging', 'core', 'domains', 'jobs', 'api'];
const layerOf = (path: string) => {
  const at = LAYERS.indexOf(path.split('/')[1] ?? '');
  return at < 0 ? LAYERS.length : at;
};

/** schema ← infra ← imaging ← core ← domains ← jobs ← api ← config, bootstrap, scripts and main. */
export const importsPointUp: Rule = (sources) =>
  sources.flatMap(({ path, imports }) =>
    imports
      .filter(({ isOurs, target }) => isOurs && layerOf(target) > layerOf(path))
      .map(({ target }) => `${path} imports ${target}, which is above it`),
  );

const CODECS = ['sharp', 'thumbhash', 'libheif-js'];

/** Imaging is pure functions on buffers: it knows Node, its codecs and itself. */
export const imagingKnowsOnlyCodecs: Rule = (sources) =>
  sources
    .filter(({ path }) => path.startsWith('server/imaging/'))
    .flatMap(({ path, imports }) =>
      imports
        .filter(
          ({ isOurs, target }) =>
            !(isOurs
              ? target.startsWith('server/imaging/')
              : /^node:/.test(target) || CODECS.includes(target)),
        )
        .map(({ target }) => `${path} imports ${target}, which is no codec`),
    );

/** HTTP is spoken in one place: what lies below the API works without it. */
export const fastifyStaysInTheApi: Rule = (sources) =>
  sources
    .filter(({ path }) => layerOf(path) < LAYERS.indexOf('api'))
    .filter(({ imports }) => imports.some(({ target }) => /^(fastify|@fastify\/.*)$/.test(target)))
    .map(({ path }) => `${path} imports Fastify`);

const OWNERS: Record<string, string> = {
  users: 'users',
  handles: 'users',
  userSettings: 'users',
  handleChanges: 'users',
  avatars: 'users',
  credentials: 'auth',
  sessions: 'auth',
  securityEvents: 'auth',
  invites: 'invites',
  inviteRedemptions: 'invites',
  inviteFreezes: 'invites',
  follows: 'social',
  followRequests: 'social',
  blocks: 'social',
  mutes: 'social',
  closeFriends: 'social',
  media: 'media',
  retainedPlaces: 'media',
  posts: 'posts',
  postMedia: 'posts',
  postEdits: 'posts',
  bookmarks: 'posts',
  postHashtags: 'posts',
  postMentions: 'posts',
  likes: 'engagement',
  comments: 'engagement',
  commentEdits: 'engagement',
  commentLikes: 'engagement',
  commentMentions: 'engagement',
  stories: 'stories',
  storyViews: 'stories',
  storyReactions: 'stories',
  highlights: 'stories',
  highlightStories: 'stories',
  notifications: 'notifications',
  notificationGroups: 'notifications',
  notificationMarkers: 'notifications',
  events: 'events',
  eventListeners: 'events',
  auditEntries: 'audit',
  reports: 'moderation',
  cases: 'moderation',
  actions: 'moderation',
  appeals: 'moderation',
  strikes: 'trust',
  trustPoints: 'trust',
  devices: 'fingerprint',
  deviceAccounts: 'fingerprint',
  signupReviews: 'fingerprint',
  feedEntries: 'feed',
  feedReaders: 'feed',
  processes: 'processes',
};
const WRITE = /(?:\.(?:insert|update|delete)\(|(?:insert into|update|delete from)\s+\$\{)\s*(\w+)/g;

/** Only the owning domain writes a table. */
export const tablesHaveOneWriter: Rule = (sources) =>
  sources.flatMap(({ path, text }) =>
    [...text.matchAll(WRITE)]
      .filter(([, table]) => Object.hasOwn(OWNERS, table!) && OWNERS[table!] !== domainOf(path))
      .map(([, table]) => `${path} writes ${table}, which belongs to ${OWNERS[table!]}`),
  );

/** No import cycle at run time; imports of types are no run time. */
export const noCycles: Rule = (sources) => {
  const graph = new Map(
    sources.map(({ path, imports }) => [
      path,
      imports.filter((i) => i.isOurs && !i.isTypeOnly).map((i) => i.target),
    ]),
  );
  const state = new Map<string, 'open' | 'done'>();
  const found: string[] = [];
  const visit = (path: string, trail: string[]) => {
    if (state.get(path) === 'done') return;
    if (state.get(path) === 'open') {
      found.push(`cycle: ${[...trail.slice(trail.indexOf(path)), path].join(' → ')}`);
      return;
    }
    state.set(path, 'open');
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    state.set(path, 'done');
  };
  for (const path of graph.keys()) visit(path, []);
  return found;
};

export const filesAreShort: Rule = (sources) =>
  sources.flatMap(({ path, text }) => {
    const lines = text.split('\n').length - 1;
    return lines > 250 ? [`${path} has ${lines} lines`] : [];
  });

export const oneReaderOfTheEnvironment: Rule = (sources) =>
  sources
    .filter(({ path, text }) => path !== 'server/config/config.ts' && /process\.env\b/.test(text))
    .map(({ path }) => `${path} reads process.env`);

const DUMPING_GROUND = /(^|\/)(utils?|helpers?|common|types)(\/|\.ts$)/;

export const noDumpingGrounds: Rule = (sources) => [
  ...sources
    .filter(({ path }) => DUMPING_GROUND.test(path))
    .map(({ path }) => `${path} is named after nothing`),
  ...sources
    .filter(
      ({ path }) =>
        path.endsWith('/index.ts') && !['server/schema/index.ts', 'server/jobs/index.ts'].includes(path),
    )
    .map(({ path }) => `${path} is a barrel`),
];

/** The visibility rule stands in core/visibility.ts: nobody else asks these columns who may see. */
export const visibilityIsWrittenOnce: Rule = (sources) =>
  sources
    .filter(({ path }) => path.startsWith('server/domains/') || path.startsWith('server/jobs/'))
    .filter(({ text }) =>
      /not\s+exists\s*\([^)]*\$\{blocks\}|isPrivate\}?\s*(or|and)\b|takenDownAt\}?\s+is null/i.test(text),
    )
    .map(({ path }) => `${path} writes a visibility condition of its own`);

export const noRawIdentifiers: Rule = (sources) =>
  sources
    .filter(({ path }) => path !== 'server/infra/db/prepared.ts')
    .filter(({ text }) => /\bsql\.(raw|unsafe|identifier)\(/.test(text))
    .map(({ path }) => `${path} builds SQL from strings`);

/** `order by … desc` reads an ascending index backwards; a descending one of the builder has its nulls last, and is sorted again. */
export const indexesAscend: Rule = (sources) =>
  sources
    .filter(({ path, text }) => path.startsWith('server/schema/') && /\.desc\(\)/.test(text))
    .map(({ path }) => `${path} has a descending index, which no list can read in order`);

const ROW_LOCK = /\.for\(\s*['"`]|\bfor\s+(no\s+key\s+)?update\b|\bfor\s+(key\s+)?share\b|_advisory_/i;
/** These two lock nothing that belongs to a domain, and infra knows no core. */
const LOCKS_OF_THEIR_OWN = ['server/infra/queue/table.ts', 'server/infra/db/migrate.ts'];

/** core/locks.ts holds one function for each lock; docs/locks.md says in which order they are taken. */
export const locksHaveOneHome: Rule = (sources) =>
  sources
    .filter(({ path }) => path !== 'server/core/locks.ts' && !LOCKS_OF_THEIR_OWN.includes(path))
    .filter(({ text }) => ROW_LOCK.test(text))
    .map(({ path }) => `${path} takes a lock of its own`);
