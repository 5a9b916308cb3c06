import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { parseConfig } from '../../server/config/config.ts';
import { variables } from '../../server/config/variables.ts';

const SECOND = 1000;
const read = (path: string) => readFileSync(path, 'utf8');
const STOP_WITHIN_MS = Number(
  /const STOP_WITHIN_MS = ([\d_]+);/.exec(read('server/bootstrap/program.ts'))![1]!.replaceAll('_', ''),
);
/** Of Node and the AWS SDK. */
const OTHERS = ['NODE_ENV', 'MALLOC_ARENA_MAX', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'];
const known = (name: string) => name in variables || OTHERS.includes(name);

/** The options and the program, as npm start runs them. */
const { scripts } = JSON.parse(read('package.json')) as { scripts: { start: string } };
const START = /exec node (.*? server\/main\.ts)/.exec(scripts.start)![1]!;

test('every deployment starts the program as npm start does', () => {
  const unit = /^ExecStart=\/opt\/ciel\/node_modules\/\.bin\/node (.*)$/m.exec(
    read('docs/operations/ciel.service'),
  );
  expect(unit?.[1]).toBe(START);
  const [, image] = /^CMD (\[.*\])$/m.exec(read('Dockerfile'))!;
  expect((JSON.parse(image!) as string[]).slice(1).join(' ')).toBe(START);
});

interface ComposeService {
  environment?: Record<string, string>;
  env_file?: { path: string; required: boolean }[];
  ports?: string[];
  depends_on?: Record<string, { condition: string }>;
  stop_grace_period?: string;
}
const compose = parse(read('docker-compose.yml'), { merge: true }) as {
  services: Record<string, ComposeService>;
};
const ours = ['api', 'worker'] as const;

test.each(ours)('compose gives all of .env to the %s, and fixes what it must', (name) => {
  const service = compose.services[name]!;
  expect(service.env_file).toEqual([{ path: '.env', required: false }]);
  expect(Object.keys(service.environment!).filter((variable) => !known(variable))).toEqual([]);
  const fixed = Object.entries(service.environment!).filter(
    ([variable, value]) => !value.includes(`\${${variable}:`),
  );
  expect(Object.fromEntries(fixed)).toEqual({
    APP_MODE: name,
    HTTP_ADDR: '0.0.0.0:8080',
    ...(name === 'worker' && { REDIS_URL: '' }),
  });
});

test.each(ours)('compose may run several of the %s, and lets each stop', (name) => {
  const { ports, stop_grace_period: grace } = compose.services[name]!;
  expect(ports).toBeUndefined();
  expect(Number.parseInt(grace!, 10) * SECOND).toBeGreaterThan(STOP_WITHIN_MS);
});

test('only the proxy is trusted, and it asks whether an API is ready before it sends requests', () => {
  const { proxy, api } = compose.services as Record<
    string,
    ComposeService & { networks: { default: { ipv4_address: string } } }
  >;
  expect(proxy!.depends_on).toEqual({ api: { condition: 'service_healthy' } });
  expect(api!.environment!.TRUSTED_PROXY_CIDRS).toBe(
    `\${TRUSTED_PROXY_CIDRS:-${proxy!.networks.default.ipv4_address}/32}`,
  );
  const config = read('docs/operations/haproxy.cfg');
  expect(config).toMatch(/http-check send meth GET uri \/health\/ready /);
  expect(config).toMatch(/server-template \S+ \S+ api:8080/);
});

interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string };
  data?: Record<string, string>;
  // biome-ignore lint/suspicious/noExplicitAny: every kind has a shape of its own
  spec?: any;
}
const manifests = parseAllDocuments(read('docs/operations/kubernetes.yaml')).map((document) => {
  expect(document.errors).toEqual([]);
  return document.toJS() as Manifest;
});
const ofKind = (kind: string) => manifests.filter((manifest) => manifest.kind === kind);
const labelsOf = (deployment: Manifest) => deployment.spec.template.metadata.labels as Record<string, string>;
const selects = (selector: Record<string, string>, labels: Record<string, string>) =>
  Object.entries(selector).every(([key, value]) => labels[key] === value);

test('the manifests are of kinds and versions that Kubernetes 1.29 serves', () => {
  expect(manifests.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`).sort()).toEqual([
    'apps/v1 Deployment',
    'apps/v1 Deployment',
    'autoscaling/v2 HorizontalPodAutoscaler',
    'networking.k8s.io/v1 Ingress',
    'networking.k8s.io/v1 NetworkPolicy',
    'policy/v1 PodDisruptionBudget',
    'v1 ConfigMap',
    'v1 Service',
    'v1 ServiceAccount',
  ]);
});

test('the manifests configure a process that starts', () => {
  const secret = commandsOf('docs/operations/kubernetes.md').flatMap((text) =>
    [...text.matchAll(/--from-literal=([A-Z0-9_]+)=/g)].map(([, name]) => name!),
  );
  const config = ofKind('ConfigMap')[0]!.data!;
  expect([...secret, ...Object.keys(config)].filter((name) => !known(name))).toEqual([]);
  expect(secret).toEqual(expect.arrayContaining(['DATABASE_URL', 'PASETO_ACCESS_KEY', 'PASETO_REFRESH_KEY']));
  const keys = Object.fromEntries(
    ['PASETO_ACCESS_KEY', 'PASETO_REFRESH_KEY'].map((name, at) => [
      name,
      Buffer.alloc(32, at + 1).toString('base64'),
    ]),
  );
  for (const deployment of ofKind('Deployment')) {
    const [{ env, envFrom }] = deployment.spec.template.spec.containers;
    expect(envFrom).toEqual([{ configMapRef: { name: 'ciel' } }, { secretRef: { name: 'ciel' } }]);
    const [{ name, value }] = env;
    const parsed = parseConfig({ ...config, ...keys, DATABASE_URL: 'postgres://db/ciel', [name]: value });
    expect([parsed.mode, parsed.port, parsed.metricsAddress?.port]).toEqual([value, 8080, 9090]);
  }
});

function commandsOf(path: string): string[] {
  return [...read(path).matchAll(/^```(?:sh|console)\n(.*?)^```/gms)].map(([, text]) => text!);
}

test.each(ofKind('Deployment'))(
  '$metadata.name has the probes and the time that a process needs',
  (deployment) => {
    const { containers, terminationGracePeriodSeconds } = deployment.spec.template.spec;
    const [container] = containers;
    const path = (probe: string) => [container[probe].httpGet.path, container[probe].httpGet.port];
    expect(path('startupProbe')).toEqual(['/health', 'http']);
    expect(path('livenessProbe')).toEqual(['/health', 'http']);
    expect(path('readinessProbe')).toEqual(['/health/ready', 'http']);
    expect(container.ports).toEqual([
      { name: 'http', containerPort: 8080 },
      { name: 'metrics', containerPort: 9090 },
    ]);
    expect(terminationGracePeriodSeconds * SECOND).toBeGreaterThan(STOP_WITHIN_MS);
    expect(selects(deployment.spec.selector.matchLabels, labelsOf(deployment))).toBe(true);
  },
);

test('what refers to the API refers to the API alone', () => {
  const selected = (selector: Record<string, string>) =>
    ofKind('Deployment')
      .filter((deployment) => selects(selector, labelsOf(deployment)))
      .map(({ metadata }) => metadata.name);
  expect(selected(ofKind('Service')[0]!.spec.selector)).toEqual(['ciel-api']);
  expect(selected(ofKind('PodDisruptionBudget')[0]!.spec.selector.matchLabels)).toEqual(['ciel-api']);
  expect(ofKind('HorizontalPodAutoscaler')[0]!.spec.scaleTargetRef.name).toBe('ciel-api');
  expect(selected(ofKind('NetworkPolicy')[0]!.spec.podSelector.matchLabels)).toEqual([
    'ciel-api',
    'ciel-worker',
  ]);
  const [{ http }] = ofKind('Ingress')[0]!.spec.rules;
  expect(http.paths[0].backend.service).toEqual({
    name: ofKind('Service')[0]!.metadata.name,
    port: { name: 'http' },
  });
});

test('the unit of systemd configures a process that starts, and lets it stop', () => {
  const unit = read('docs/operations/ciel.service');
  const environment = Object.fromEntries(
    [...unit.matchAll(/^Environment=(.*)$/gm)].flatMap(([, line]) =>
      line!.split(' ').map((pair) => pair.split('=') as [string, string]),
    ),
  );
  expect(Object.keys(environment).filter((name) => !known(name))).toEqual([]);
  expect(parseConfig(environment)).toMatchObject({
    mode: 'combined',
    host: '127.0.0.1',
    dataDir: '/var/lib/ciel',
  });
  const [, seconds] = /^TimeoutStopSec=(\d+)$/m.exec(unit)!;
  expect(Number(seconds) * SECOND).toBeGreaterThan(STOP_WITHIN_MS);
});
