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
import { MIN_SDK_VERSION, refuseOldClients } from './http/clientVersions.ts';
import { createContexts } from './http/context.ts';
import { allowOrigins } from './http/cors.ts';
import { createErrorResponder, handleUnknownRoutes, respondToSocketError } from './http/errorResponses.ts';
import { shutDownGracefully } from './http/gracefulShutdown.ts';
import { acceptJsonOnly } from './http/jsonBodies.ts';
import { type Load, shedLoad } from './http/loadShedding.ts';
import { collectMethods, refuseOtherMethods } from './http/methods.ts';
import type { RequestGuards } from './http/requestGuards.ts';
import { createSecurityHeaders } from './http/securityHeaders.ts';
import { disconnectSlowClients } from './http/slowClients.ts';
import { type Probes, serveHealth } from './monitoring/health.ts';
import type { Metrics } from './monitoring/metrics.ts';
import { logRequests } from './monitoring/requestLog.ts';
import { traceRequests } from './monitoring/requestTraces.ts';
import { endpointsOf, streamsOf } from './rest/endpoints.ts';
import { serveRest } from './rest/routes.ts';
import { serveStreams } from './rest/streams.ts';
import { parseSynchronously } from './trpc/parseSynchronously.ts';
import { serveTrpc } from './trpc/routes.ts';
import { serveWebApp, type WebAppOptions } from './webApp.ts';

interface HttpApp {
  log: Log;
  secrets: Pick<Secrets, 'adminToken'>;
  settings: Pick<Settings, 'publicUrl'>;
}

export interface HttpOptions {
  router: AnyTRPCRouter;
  /** The program's version, for the OpenAPI document. */
  version: string;
  metrics: Metrics;
  /** Another port serves `/metrics`. */
  hasMetricsPort?: boolean;
  probes: Probes;
  /** Address ranges of trusted proxies; X-Forwarded-For from others is ignored. */
  trustedProxies: string[];
  corsOrigins: string[];
  /** Serves photographs, and with the embedded store all its objects. */
  storageRoutes?: ((server: FastifyInstance) => Promise<void>) | undefined;
  /** For the reference app at /app. */
  webApp?: WebAppOptions;
  guards: RequestGuards;
  /** The oldest SDK that is served; older ones are refused. */
  minClientVersion?: string;
  /** After this time a request fails with `unavailable`, ms: a dependency may never respond. Streams have no limit. */
  handlerTimeoutMs: number;
  /** How many requests run and wait at once; more are refused. */
  load: Load;
  /** A client that reads nothing of its response is cut off after this time, or at most twice this time, ms. */
  slowClientCheckMs?: number;
  /** How long the server takes requests after it stopped being ready, ms. */
  drainMs?: number;
}

const NO_DEMO: WebAppOptions = {
  settings: () => ({ demoPeople: [], isInviteNeeded: true }),
  photographOrigins: [],
};

const BODY_LIMIT = 1024 * 1024;
const HEADERS_WITHIN_MS = 8_000;
/** For uploads to the embedded storage over a slow line; other bodies have a shorter limit. */
const REQUEST_WITHIN_MS = 300_000;

/** Everything between the socket and the procedures; not listening yet. */
export async function createHttpServer(app: HttpApp, options: HttpOptions): Promise<FastifyInstance> {
  const { router, version, metrics, probes, guards, handlerTimeoutMs } = options;
  const { log, secrets, settings } = app;
  const secure = createSecurityHeaders(settings.publicUrl);
  const respond = createErrorResponder(log);
  const server = Fastify({
    bodyLimit: BODY_LIMIT,
    routerOptions: { maxParamLength: 5000 },
    genReqId: requestIdOf,
    http: { connectionsCheckingInterval: 1000, headersTimeout: HEADERS_WITHIN_MS, requireHostHeader: false },
    requestTimeout: REQUEST_WITHIN_MS,
    return503OnClosing: false,
    frameworkErrors: (error, request, reply) => respond(error, request, secure(reply, request.id)),
    clientErrorHandler: respondToSocketError,
  });
  const { stopping, closing } = shutDownGracefully(server, options.drainMs);
  disconnectSlowClients(server, options.slowClientCheckMs);
  server.addHook('onRequest', (request, reply, done) => {
    secure(reply, request.id);
    const { httpVersion, headers } = request.raw;
    const isNowhere = httpVersion === '1.1' && headers.host === undefined;
    done(isNowhere ? new CielError('invalid_input', { detail: 'The Host header is missing' }) : undefined);
  });
  // Node itself would respond without a body and without the security headers.
  server.server.on('checkExpectation', server.routing);
  traceRequests(server);
  logRequests(server, log, metrics);
  server.setErrorHandler(respond);
  if (options.storageRoutes) await options.storageRoutes(server);

  await server.register(async (api) => {
    allowOrigins(api, options.corsOrigins);
    refuseOldClients(api, options.minClientVersion ?? MIN_SDK_VERSION);
    shedLoad(api, options.load);
    acceptJsonOnly(api);
    await api.register(compress, { encodings: ['br', 'gzip'], globalDecompression: false });
    const methods = collectMethods(api);
    const contexts = createContexts({
      guards,
      adminToken: secrets.adminToken,
      addressOf: createAddressReader(options.trustedProxies),
    });
    const endpoints = endpointsOf(router);
    for (const { input, output } of endpoints)
      for (const schema of [input, output]) parseSynchronously(schema);
    const streams = streamsOf(router);
    serveRest(api, { endpoints, contexts, metrics, handlerTimeoutMs });
    serveStreams(api, { streams, contexts, metrics, log, closing });
    serveTrpc(api, { router, contexts, metrics, log, closing, handlerTimeoutMs });
    serveHealth(api, { probes, contexts, metrics: options.hasMetricsPort ? null : metrics, stopping });
    await serveDocs(api, { endpoints: [...endpoints, ...streams], version, publicUrl: settings.publicUrl });
    serveWebApp(api, options.webApp ?? NO_DEMO);
    refuseOtherMethods(api, methods);
    handleUnknownRoutes(api);
  });
  await server.ready();
  return server;
}

const REQUEST_ID = /^[A-Za-z0-9._-]{1,128}$/;

function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const sent = headers['x-request-id'];
  return typeof sent === 'string' && REQUEST_ID.test(sent) ? sent : randomUUID();
}
