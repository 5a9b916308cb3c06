import { readFileSync } from 'node:fs';
import { parser } from '@prometheus-io/lezer-promql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { makePhotograph } from '../support/photograph.ts';
import { freePort, type Program, startProgram } from '../support/program.ts';
import { type Services, startServices } from '../support/services.ts';
import { ADMIN_TOKEN, inviteFrom, signUp } from '../support/visit.ts';

let services: Services;
let api: Program;
let text: string;

beforeAll(async () => {
  services = await startServices();
  const METRICS_ADDR = `127.0.0.1:${await freePort()}`;
  api = await startProgram('server/main.ts', {
    ...services.forDatabase,
    ...services.forApi,
    ...services.forS3,
    METRICS_ADDR,
  });
  await fetch(`${api.url}/v1/media/policy`);
  text = await (await fetch(`http://${METRICS_ADDR}/metrics`)).text();
}, 120_000);
afterAll(async () => {
  await api?.stop();
  await services.close();
});

/** The series of each metric: those of a histogram end in its parts. `up` is of Prometheus itself. */
function seriesIn(metrics: string): Set<string> {
  const series = [...metrics.matchAll(/^# TYPE (\S+) (\w+)$/gm)].flatMap(([, name, type]) =>
    type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name!],
  );
  return new Set(['up', ...series]);
}

/** The metrics that an expression selects. Throws when it is not PromQL. */
function metricsOf(expression: string): string[] {
  // Grafana replaces its variables before Prometheus sees them.
  const query = expression.replaceAll('$__rate_interval', '5m');
  const names: string[] = [];
  parser.parse(query).iterate({
    enter({ type, from, to }) {
      if (type.isError) throw new Error(`not PromQL at ${from}: ${query}`);
      if (type.name === 'Identifier') names.push(query.slice(from, to));
    },
  });
  return names;
}

interface Rules {
  groups: { rules: { alert: string; expr: string }[] }[];
}
interface Dashboard {
  panels: { title: string; targets: { expr: string }[] }[];
  templating: { list: { query: string }[] };
}
const rules = (parse(readFileSync('docs/operations/alerts.yaml', 'utf8')) as Rules).groups.flatMap(
  (group) => group.rules,
);
const dashboard = JSON.parse(readFileSync('docs/operations/dashboard.json', 'utf8')) as Dashboard;

test.each([
  ...rules.map(({ alert, expr }) => [alert, [expr]] as const),
  ...dashboard.panels.map(({ title, targets }) => [title, targets.map(({ expr }) => expr)] as const),
])('%s asks for metrics that the program has', (_name, expressions) => {
  const names = expressions.flatMap(metricsOf);
  expect(names.length).toBeGreaterThan(0);
  expect(names.filter((name) => !seriesIn(text).has(name))).toEqual([]);
});

test('every metric of our own is on the dashboard, and in the documentation', () => {
  const ours = [...text.matchAll(/^# TYPE (ciel_\S+) /gm)].map(([, name]) => name!);
  const shown = JSON.stringify(dashboard);
  const described = readFileSync('docs/operations/monitoring.md', 'utf8');
  expect(ours.filter((name) => !shown.includes(name))).toEqual([]);
  expect(ours.filter((name) => !described.includes(`\`${name}\``))).toEqual([]);
});

test('every alert is in the documentation', () => {
  const described = readFileSync('docs/operations/monitoring.md', 'utf8');
  expect(rules.filter(({ alert }) => !described.includes(`\`${alert}\``))).toEqual([]);
});

test('the metrics of every mode count photographs that wait in SQS', async () => {
  const { forDatabase, forApi, forS3, forSqs, sqs } = services;
  const read = async ({ url }: Program) => {
    const response = await fetch(`${url}/metrics`, { headers: { 'x-admin-token': ADMIN_TOKEN } });
    const gauges = [...(await response.text()).matchAll(/^(ciel_jobs_media_\w+) (\S+)$/gm)];
    return Object.fromEntries(gauges.map(([, name, value]) => [name!, Number(value)]));
  };
  await using withQueue = await startProgram('server/main.ts', {
    ...forDatabase,
    ...forApi,
    ...forS3,
    ...forSqs,
  });
  const { ciel } = await signUp(withQueue.url, await inviteFrom(withQueue.url), 'waiting');
  await ciel.upload(await makePhotograph(5));
  await expect.poll(() => sqs.bodies('media').length, { timeout: 60_000 }).toBe(1);
  const waiting = { ciel_jobs_media_ready: 1, ciel_jobs_media_in_flight: 0, ciel_jobs_media_dead: 0 };
  expect(await read(withQueue)).toMatchObject(waiting);
  expect((await read(withQueue)).ciel_jobs_media_oldest_seconds).toBeGreaterThan(0);
  const worker = {
    ...forDatabase,
    ...forS3,
    ...forSqs,
    ADMIN_TOKEN,
    APP_MODE: 'serverless-worker',
    WORKER_TOKEN: 'w'.repeat(32),
  };
  await using serverless = await startProgram('server/main.ts', worker);
  expect(await read(serverless)).toMatchObject(waiting);
});
