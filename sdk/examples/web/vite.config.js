import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const server = process.env.CIEL_URL ?? 'http://localhost:8080';

export default defineConfig({
  root: path('.'),
  base: '/app/',
  resolve: {
    // Not needed in an app of your own, where the package is installed.
    alias: [
      { find: '@ciel/sdk/react', replacement: path('../../src/react.ts') },
      { find: '@ciel/sdk/thumbhash', replacement: path('../../src/thumbhash.ts') },
      { find: '@ciel/sdk', replacement: path('../../src/index.ts') },
    ],
  },
  build: { modulePreload: { polyfill: false }, assetsInlineLimit: 0, reportCompressedSize: false },
  server: { proxy: { '/trpc': server, '/app/settings.json': server } },
});
