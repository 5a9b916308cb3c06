import type { Runtime } from '../compose.ts';
import { isDemoWanted, seedDemo } from './demo.ts';

/** Fills an empty embedded installation with the demo, and says where everything is. */
export async function welcome({ app, config }: Runtime): Promise<void> {
  const people = isDemoWanted(config) ? await seedDemo(app, config.dataDir) : [];
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
