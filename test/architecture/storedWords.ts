import { getTableConfig, PgDialect, type PgTable } from 'drizzle-orm/pg-core';
import { errorCatalogue } from '../../server/core/errors.ts';
import { accountLimits, addressLimits, userLimits } from '../../server/core/limits.ts';
import { notificationKinds } from '../../server/core/notices.ts';
import { pointReasons } from '../../server/core/points.ts';
import { signAccess, signRefresh } from '../../server/domains/auth/tokens.ts';
import { FeedEvent } from '../../server/domains/events/contract.ts';
import { ORIGINALS, PRIVATE_PREFIX, placeOf, UPLOADS, variantKeys } from '../../server/domains/media/keys.ts';
import { CommentPolicy, NotificationSource, StoryAudience } from '../../server/domains/users/contract.ts';
import { PUBLIC_PREFIX } from '../../server/infra/storage/storage.ts';
import { cleanupTasks } from '../../server/jobs/cleanupTasks.ts';
import { queueTasks } from '../../server/jobs/queueTasks.ts';
import * as schema from '../../server/schema/index.ts';
import { exitCodes } from '../../server/scripts/cli/failures.ts';
import { commands } from '../../server/scripts/commands/table.ts';
import { constantOf, keysOf, type Parsed, parseFolder, valuesOf, wordsOf } from './syntax.ts';
import {
  alternativesOf,
  auditActions,
  auditFields,
  browserWords,
  dataFiles,
  declaredWords,
  dedupKeys,
  derivedKeys,
  eachField,
  headers,
  joinedScopes,
  locks,
  membersOf,
  metrics,
  revokeReasons,
  scopesOf,
  securityEvents,
  serialised,
  sharedKeys,
  typedColumns,
} from './wordsInCode.ts';

export interface Section {
  title: string;
  words: string[];
}

const server = parseFolder('server');
const sdk = parseFolder('sdk/src');

const under = (folder: string) => server.filter(({ path }) => path.startsWith(`server/${folder}/`));
const fileAt = (path: string) => server.find((file) => file.path === path)!;
const inServer = (words: (file: Parsed) => string[]) => server.flatMap(words);

const CORE = under('core');
const SCHEMA = under('schema');

/** The columns of each table, and the constraints that contain words. */
function columns(): string[] {
  const dialect = new PgDialect();
  return (Object.values(schema) as PgTable[])
    .map((table) => getTableConfig(table))
    .flatMap(({ name, columns, checks }) => [
      ...columns.map((column) => `${name}.${column.name}`),
      ...checks.flatMap((check) => {
        const text = dialect.sqlToQuery(check.value).sql.replaceAll(/"\w+"\./g, '');
        if (!text.includes("'")) return [];
        const [, column, values] = /^"(\w+)" in \((.*)\)$/.exec(text) ?? [];
        return values
          ? values.split(', ').map((value) => `${check.name}: ${column} = ${value}`)
          : [`${check.name}: ${text}`];
      }),
    ]);
}

const userId = '00000000-0000-4000-8000-000000000000';

async function claims(): Promise<string[]> {
  const key = Buffer.alloc(32, 1);
  const now = new Date();
  const common = { userId, sessionId: userId, expiresAt: new Date(now.getTime() + 60_000) };
  const tokens = [
    await signAccess([key], common, now),
    await signRefresh([key], { ...common, generation: 0 }, now),
  ];
  return tokens.map((token) => {
    // A v4.public token is the claims, followed by a signature of 64 bytes.
    const bytes = Buffer.from(token.split('.')[2]!, 'base64url').subarray(0, -64);
    const { typ, iss, aud, ...others } = JSON.parse(bytes.toString()) as Record<string, unknown>;
    return `typ=${typ} iss=${iss} aud=${aud} ${Object.keys(others).sort().join(' ')}`;
  });
}

const commandLines = (): string[] =>
  commands.flatMap(({ name, takes, rest, options }) => [
    [name, ...Object.keys(takes).map((argument) => `<${argument}>`), ...(rest === null ? [] : ['[…]'])].join(
      ' ',
    ),
    ...Object.entries(options).map(
      ([option, { kind, isRequired }]) => `${name} --${option}=${kind}${isRequired ? '!' : ''}`,
    ),
  ]);

const secretFiles = keysOf(constantOf(fileAt('server/config/secrets.ts'), 'kinds')!);
const jobs = membersOf(CORE, 'Jobs');
const jobKinds = new Set(jobs.map(([kind]) => kind));

/**
 * Words that rows, jobs, objects, other processes, clients and dashboards hold. The names of procedures, which idempotency keys hash,
 * are in test/api/surface.txt; what the API sends is in sdk/openapi.json.
 */
export const storedWords = async (): Promise<Section[]> => [
  sorted(
    'kinds of jobs, with the fields of their bodies',
    jobs.flatMap(([kind, body]) => eachField(kind, body)),
  ),
  sorted('queues', alternativesOf(CORE, 'QueueName')),
  sorted('keys of duplicate jobs', inServer(dedupKeys)),
  sorted('outcomes of jobs', alternativesOf(under('infra'), 'Outcome')),
  sorted('cleanup tasks', Object.keys({ ...cleanupTasks, ...queueTasks(null) })),
  sorted('tables and their columns, and constraints with words', columns()),
  sorted(
    'types of columns',
    SCHEMA.flatMap((file) => typedColumns(file, SCHEMA)),
  ),
  sorted('kinds of notifications', [...notificationKinds]),
  sorted('values of settings', [
    ...NotificationSource.options.map((value) => `notifications ${value}`),
    ...CommentPolicy.options.map((value) => `comment_policy ${value}`),
    ...StoryAudience.options.map((value) => `story_audience ${value}`),
  ]),
  sorted(
    'types of events',
    FeedEvent.options.flatMap(({ shape: { type, ...fields } }) => [
      type.value,
      ...Object.keys(fields).map((field) => `${type.value} ${field}`),
    ]),
  ),
  sorted('what trust points follow from', [...pointReasons]),
  sorted(
    'scopes of cursors',
    inServer((file) => [...scopesOf(file), ...joinedScopes(file)]),
  ),
  sorted('stored as JSON text', [
    ...inServer(serialised),
    ...eachField('cached page of a feed', declaredWords(server, 'FirstPage')),
    ...eachField('grant for a file', declaredWords(server, 'FileGrant')),
    ...eachField('end of a stored file', declaredWords(server, 'Stored')),
  ]),
  {
    title: 'sections of an export, in their order',
    words: keysOf(constantOf(fileAt('server/domains/account/contract.ts'), 'sections')!),
  },
  sorted('keys and seeds of advisory locks', inServer(locks)),
  sorted('keys in the cache and the limiter', inServer(sharedKeys)),
  sorted(
    'subjects of limits',
    under('domains/rateLimiter').flatMap((file) =>
      valuesOf(file, 'subject').map((subject) => wordsOf(file, subject)),
    ),
  ),
  sorted('limits', [
    ...Object.keys(userLimits).map((name) => `user ${name}`),
    ...Object.keys(addressLimits).map((name) => `address ${name}`),
    ...Object.keys(accountLimits).map((name) => `account ${name}`),
  ]),
  sorted('purposes of derived keys', inServer(derivedKeys)),
  sorted('claims of tokens', await claims()),
  sorted('keys in the object store', [
    UPLOADS,
    ORIGINALS,
    PUBLIC_PREFIX,
    PRIVATE_PREFIX,
    ...variantKeys(placeOf('pub', '{}')),
  ]),
  sorted('files of the data folder', [
    ...inServer(dataFiles),
    ...secretFiles.map((name) => `secrets/${name}`),
  ]),
  sorted('metrics', inServer(metrics)),
  sorted(
    'actions in the audit log',
    inServer(auditActions).filter((text) => !jobKinds.has(text) && !secretFiles.includes(text)),
  ),
  sorted('fields in the audit log', inServer(auditFields)),
  sorted('security events', inServer(securityEvents)),
  sorted('reasons of ended sessions', inServer(revokeReasons)),
  sorted('commands', commandLines()),
  sorted(
    'options of every command',
    keysOf(constantOf(fileAt('server/scripts/cli/parse.ts'), 'globals')!).map((name) => `--${name}`),
  ),
  sorted(
    'exit codes',
    Object.entries(exitCodes).map(([name, code]) => `${name} ${code}`),
  ),
  sorted('codes of errors', Object.keys(errorCatalogue)),
  sorted('headers', [...server, ...sdk].flatMap(headers)),
  sorted('names in browsers', sdk.flatMap(browserWords)),
];

/** Without what is only known at run time. */
const sorted = (title: string, words: string[]): Section => ({
  title,
  words: [...new Set(words)].filter((word) => /\w/.test(word)).sort(),
});
