import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export interface GaugeSource {
  name: string;
  help: string;
  /** Called when the metrics are requested; if it fails, the gauge is left out. */
  read(): Promise<number>;
}

export interface Metrics {
  contentType: string;
  observeRequest(method: string, route: string, status: number, seconds: number): void;
  countCall(procedure: string, surface: 'rest' | 'trpc', outcome: string): void;
  countUnavailable(cause: string): void;
  observeJob(kind: string, outcome: string, seconds: number): void;
  countCleanup(task: string, outcome: 'ok' | 'failed', removed: number): void;
  text(): Promise<string>;
}

export function createMetrics(sources: GaugeSource[] = []): Metrics {
  const register = new Registry();
  const registers = [register];
  collectDefaultMetrics({ register });
  const requests = new Histogram({
    name: 'ciel_http_request_seconds',
    help: 'Response time in seconds, by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers,
  });
  const calls = new Counter({
    name: 'ciel_procedure_calls_total',
    help: 'Procedure calls, by surface and outcome (an error code or ok)',
    labelNames: ['procedure', 'surface', 'outcome'],
    registers,
  });
  const unavailable = new Counter({
    name: 'ciel_http_unavailable_total',
    help: 'Requests that got 503, by cause (the code of PostgreSQL or of the network, or an error code)',
    labelNames: ['cause'],
    registers,
  });
  const jobs = new Histogram({
    name: 'ciel_job_seconds',
    help: 'Run time of jobs in seconds, by kind and outcome',
    labelNames: ['kind', 'outcome'],
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60],
    registers,
  });
  const cleanups = new Counter({
    name: 'ciel_cleanup_runs_total',
    help: 'Runs of each cleanup task, by outcome (ok or failed)',
    labelNames: ['task', 'outcome'],
    registers,
  });
  const removals = new Counter({
    name: 'ciel_cleanup_removed_total',
    help: 'Rows and objects removed by each cleanup task',
    labelNames: ['task'],
    registers,
  });
  for (const source of sources) addGauge(register, source);
  return {
    contentType: register.contentType,
    observeRequest: (method, route, status, seconds) => requests.observe({ method, route, status }, seconds),
    countCall: (procedure, surface, outcome) => calls.inc({ procedure, surface, outcome }),
    countUnavailable: (cause) => unavailable.inc({ cause }),
    observeJob: (kind, outcome, seconds) => jobs.observe({ kind, outcome }, seconds),
    countCleanup: (task, outcome, removed) => {
      cleanups.inc({ task, outcome });
      removals.inc({ task }, removed);
    },
    text: () => register.metrics(),
  };
}

function addGauge(register: Registry, { name, help, read }: GaugeSource): void {
  const gauge: Gauge = new Gauge({
    name,
    help,
    registers: [register],
    async collect() {
      await read().then(
        (value) => gauge.set(value),
        () => gauge.remove(),
      );
    },
  });
}
