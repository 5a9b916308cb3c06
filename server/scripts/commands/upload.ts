import { operation } from '../cli/command.ts';
import { columns } from '../cli/terminal.ts';

export const upload = operation({
  name: 'upload',
  says: 'Inspect an upload: its status, stored objects and jobs',
  takes: { id: 'its id, which is also the media id' },
  examples: ['upload 01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11'],
  run: ({ admin, args: { id } }) => admin.media.inspect({ mediaId: id }),
  show: ({ objects, jobs, usedIn, ...plain }) =>
    [
      columns(
        Object.entries(plain).map(([name, value]) => [
          name,
          value instanceof Date ? value.toISOString() : String(value ?? '-'),
        ]),
      ),
      columns([
        [
          'usedIn',
          [...usedIn.postIds, ...usedIn.storyIds, ...(usedIn.isAvatar ? ['avatar'] : [])].join(' ') || '-',
        ],
      ]),
      columns(objects.map(({ name, bytes }) => [name, bytes === null ? 'MISSING' : `${bytes} bytes`])),
      columns(
        jobs.map(({ id, kind, tries, deadAt, lastError }) => [
          `job ${id}`,
          kind,
          `${tries} attempts`,
          deadAt ? `dead: npm run -s ciel -- replay ${id}` : 'waiting',
          lastError ?? '',
        ]),
      ),
    ]
      .filter(Boolean)
      .join('\n\n'),
});
