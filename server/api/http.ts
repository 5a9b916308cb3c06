import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import compress from '@fastify/compress';
import type { AnyTRPCRouter } from '@trpc/server';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Secrets, Settings } from '../core/app.ts';
import { CielError } from '../core/errors.ts';
import type { Log } from '../infra/log/log.ts';
import { serveDocs } from './docs/routes.ts';
import { createAddressReader } from './http/clientAddress.ts';
import { OLDEST_SDK, refuseOldClients } from './http/clientVersions.ts';
import { createContexts } from './http/context.ts';
import { allowOrigins } from './http/cors.ts';
import { answerErrors, answerSocketError, createErrorResponder } from './http/errorResponses.ts';
import { stopGracefully } from './http/gracefulShutdown.ts';
import { acceptJsonOnly } from './http/jsonBodies.ts';
import { type Load, shedLoad } from './http/loadShedding.ts';
import { collectMethods, refuseOtherMethods } from './http/methods.ts';
import type { Gatekeeper } from './http/requestGuards.ts';
import { createSecureHeaders } from './http/securityHeaders.ts';
import { cutSlowReaders } from './http/slowClients.ts';
import { type Probes, serveHealth } from './monitoring/health.ts';
import type { Metrics } from './monitoring/metrics.ts';
import { logRequests } from './monitoring/requestLog.ts';
import { endpointsOf, streamsOf } from './rest/endpoints.ts';
import { serveRest } from './rest/routes.ts';
import { serveStreams } from './rest/streams.ts';
import { parseAtOnce } from './trpc/parseSynchronously.ts';
import { serveTrpc } from './trpc/routes.ts';
import { serveWebApp, type WebAppOptions } from './webApp.ts';

interface HostedApp {
  log: Log;
  secrets: Pick<Secrets, 'adminToken'>;
  settings: Pick<Settings, 'publicUrl'>;
}

export interface HttpOptions {
  router: AnyTRPCRouter;
  /** Of the program, for the API's document. */
  version: string;
  metrics: Metrics;
  probes: Probes;
  /** Address ranges of our own proxies; from others X-Forwarded-For is not read. */
  trustedProxies: string[];
  corsOrigins: string[];
  /** Set when the API itself serves the objects of the storage. */
  storageRoutes?: ((server: FastifyInstance) => Promise<void>) | undefined;
  /** Of the reference app at /app. */
  webApp?: WebAppOptions;
  gatekeeper: Gatekeeper;
  /** Of the SDK; older ones are turned away. */
  oldestClient?: string;
  /** After which a request is told that something is away, ms: what it waits for may never answer. Streams have no end. */
  answerWithinMs: number;
  /** Those that come beside so many are refused. */
  load?: Load;
  /** Within so long, or twice it, a client is cut that takes nothing of its answer. */
  readersWithinMs?: number;
  /** How long busy connections are told to close before the rest is closed, ms. */
  drainMs?: number;
}

const NO_DEMO: WebAppOptions = {
  settings: () => ({ demoPeople: [], isInviteNeeded: true }),
  photographOrigins: [],
};

const BODY_LIMIT = 1024 * 1024;
const HEADERS_WITHIN_MS = 8_000;
/** For uploads to the embedded storage over a slow line; other bodies have a shorter time of their own. */
const REQUEST_WITHIN_MS = 300_000;

/** Everything between the socket and the procedures; not listening yet. */
export async function createHttpServer(app: HostedApp, options: HttpOptions): Promise<FastifyInstance> {
  const { router, version, metrics, probes, gatekeeper, answerWithinMs } = options;
  const { log, secrets, settings } = app;
  const secure = createSecureHeaders(settings.publicUrl);
  const respond = createErrorResponder(log);
  const server = Fastify({
    bodyLimit: BODY_LIMIT,
    routerOptions: { maxParamLength: 5000 },
    genReqId: requestIdOf,
    http: { connectionsCheckingInterval: 1000, headersTimeout: HEADERS_WITHIN_MS, requireHostHeader: false },
    requestTimeout: REQUEST_WITHIN_MS,
    return503OnClosing: false,
    frameworkErrors: (error, request, reply) => respond(error, request, secure(reply, request.id)),
    clientErrorHandler: answerSocketError,
  });
  const stopping = stopGracefully(server, options.drainMs);
  cutSlowReaders(server, options.readersWithinMs);
  server.addHook('onRequest', (request, reply, done) => {
    secure(reply, request.id);
    const { httpVersion, headers } = request.raw;
    const isNowhere = httpVersion === '1.1' && headers.host === undefined;
    done(isNowhere ? new CielError('invalid_input', { detail: 'The header Host is missing' }) : undefined);
  });
  // Node itself would answer these without a body and without our headers.
  server.server.on('checkExpectation', server.routing);
  logRequests(server, log, metrics);
  server.setErrorHandler(respond);
  if (options.storageRoutes) await options.storageRoutes(server);

  await server.register(async (api) => {
    allowOrigins(api, options.corsOrigins);
    refuseOldClients(api, options.oldestClient ?? OLDEST_SDK);
    shedLoad(api, options.load);
    acceptJsonOnly(api);
    await api.register(compress, { encodings: ['br', 'gzip'], globalDecompression: false });
    const methods = collectMethods(api);
    const contexts = createContexts({
      gatekeeper,
      adminToken: secrets.adminToken,
      addressOf: createAddressReader(options.trustedProxies),
    });
    const endpoints = endpointsOf(router);
    for (const { input, output } of endpoints) for (const schema of [input, output]) parseAtOnce(schema);
    const streams = streamsOf(router);
    serveRest(api, { endpoints, contexts, metrics, answerWithinMs });
    serveStreams(api, { streams, contexts, metrics, log, stopping });
    serveTrpc(api, { router, contexts, metrics, log, stopping, answerWithinMs });
    serveHealth(api, { probes, contexts, metrics, stopping });
    await serveDocs(api, { endpoints: [...endpoints, ...streams], version, publicUrl: settings.publicUrl });
    serveWebApp(api, options.webApp ?? NO_DEMO);
    refuseOtherMethods(api, methods);
    answerErrors(api);
  });
  await server.ready();
  return server;
}

const REQUEST_ID = /^[A-Za-z0-9._-]{1,128}$/;

function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const sent = headers['x-request-id'];
  return typeof sent === 'string' && REQUEST_ID.test(sent) ? sent : randomUUID();
}
