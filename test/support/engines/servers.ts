import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../program.ts';

/** A server that can be killed, stopped by the system, continued, and started again on its port with what it keeps on its disk. */
export interface Engine {
  port: number;
  kill(): Promise<void>;
  pause(): void;
  resume(): void;
  start(): Promise<void>;
}

const UP_WITHIN_MS = 60_000;

async function createEngine(commandFor: (port: number) => string[]): Promise<Engine> {
  const port = await freePort();
  let child: ChildProcess;
  const engine: Engine = {
    port,
    async kill() {
      const exited = once(child, 'exit');
      if (child.exitCode === null && child.kill('SIGKILL')) await exited;
    },
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    async start() {
      const [program, ...args] = commandFor(port);
      child = spawn(program!, args, { stdio: 'ignore' });
      child.on('error', () => {});
      await untilListening(port);
    },
  };
  await engine.start();
  return engine;
}

async function untilListening(port: number): Promise<void> {
  for (const deadline = Date.now() + UP_WITHIN_MS; Date.now() < deadline; await sleep(25)) {
    const socket = connect(port, '127.0.0.1');
    const isOpen = await new Promise((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
    socket.destroy();
    if (isOpen) return;
  }
  throw new Error(`nothing listens on ${port}`);
}

export const startRedisEngine = (): Promise<Engine> =>
  createEngine((port) => ['redis-server', '--port', String(port), '--bind', '127.0.0.1', '--save', '']);

const ELASTICMQ = '1.7.1';

/** The real ElasticMQ, as docker-compose.yml configures it, or without stored messages. */
export async function startElasticMq(folder: string, keepsMessages: boolean): Promise<Engine> {
  const jars = join(import.meta.dirname, `../../../node_modules/.cache/elasticmq-${ELASTICMQ}`);
  if (!existsSync(jars)) download(folder, jars);
  const storage = keepsMessages
    ? `messages-storage { enabled = true, uri = "jdbc:h2:${join(folder, 'messages')}" }`
    : '';
  return createEngine((port) => {
    const config = join(folder, 'elasticmq.conf');
    writeFileSync(
      config,
      `include classpath("application.conf")
       node-address { host = "127.0.0.1", port = ${port} }
       rest-sqs { bind-hostname = "127.0.0.1", bind-port = ${port} }
       ${storage}`,
    );
    return [
      'java',
      '-Xmx256m',
      `-Dconfig.file=${config}`,
      '-cp',
      join(jars, '*'),
      'org.elasticmq.server.Main',
    ];
  });
}

function download(folder: string, jars: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'pom.xml'),
    `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
      <groupId>ciel</groupId><artifactId>engines</artifactId><version>1</version>
      <dependencies><dependency><groupId>org.elasticmq</groupId><artifactId>elasticmq-server_3</artifactId>
      <version>${ELASTICMQ}</version></dependency></dependencies></project>`,
  );
  execFileSync('mvn', ['-q', '-B', 'dependency:copy-dependencies', `-DoutputDirectory=${jars}`], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** The programs of this list that are not on PATH. */
export const missingPrograms = (names: string[]): string[] =>
  names.filter(
    (name) => !(process.env.PATH ?? '').split(':').some((folder) => existsSync(join(folder, name))),
  );
