// Builds the app into dist, from where the server has it at /app. With --if-possible, as npm does it after an install:
// no reason to fail where the development packages were left out.
import { fileURLToPath } from 'node:url';

const isOptional = process.argv.includes('--if-possible');
try {
  const { build } = await import('vite');
  const configFile = fileURLToPath(new URL('./vite.config.js', import.meta.url));
  await build({ configFile, logLevel: 'error' });
} catch (error) {
  if (!isOptional) throw error;
  console.log(`The web app at /app is not built (${error.message}): npm run build:app does it.`);
}
