import type { Runtime } from '../bootstrap/runtime.ts';
import { CielError } from '../core/errors.ts';
import { StartupError } from '../infra/startupError.ts';
import { isDemoWanted, seedDemo } from './demo.ts';

/** Creates the demo in an empty embedded installation, and prints where everything is. */
export async function welcome({ app, config }: Runtime): Promise<void> {
  const people = isDemoWanted(config) ? await seedDemo(app, config.dataDir).catch(explain) : [];
  const longest = Math.max(...people.map(({ handle }) => handle.length));
  const lines = [
    '',
    '  Ciel is up.',
    '',
    `  App          ${config.publicUrl}/app`,
    `  API          ${config.publicUrl}/v1`,
    `  SDK          createCiel({ url: '${config.publicUrl}' })`,
    `  Docs         ${config.publicUrl}/docs`,
    ...people.map(
      ({ handle, password }, i) =>
        `  ${(i ? '' : 'Demo people').padEnd(13)}${handle.padEnd(longest)}  ${password}`,
    ),
    `  Data         ${config.dataDir}`,
    '',
    '  Ctrl-C stops it.',
    '',
  ];
  console.log(lines.join('\n'));
}

function explain(error: unknown): never {
  const { cause } = error as { cause?: unknown };
  if (!(cause instanceof CielError && cause.code === 'unavailable')) throw error;
  throw new StartupError(
    'The database became unavailable while the demo was being created (see the lines above). Start again to resume.',
    { cause: error },
  );
}
