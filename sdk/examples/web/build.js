// Builds the app into dist, which the server serves at /app. With --if-possible, as after an install, it doesn't fail when the
// development packages are missing.
import { fileURLToPath } from 'node:url';

const isOptional = process.argv.includes('--if-possible');
try {
  const { build } = await import('vite');
  const configFile = fileURLToPath(new URL('./vite.config.js', import.meta.url));
  await build({ configFile, logLevel: 'error' });
} catch (error) {
  if (!isOptional) throw error;
  console.log(`The web app at /app was not built (${error.message}): run npm run build:app.`);
}
