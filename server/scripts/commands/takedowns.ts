import { operation, required } from '../cli/command.ts';
import { Usage } from '../cli/failures.ts';
import { verdict } from './bans.ts';

const takes = { kind: 'post, comment or story', id: 'its id' };

type Kind = 'post' | 'comment' | 'story';

function requireKind(kind: string): asserts kind is Kind {
  if (!['post', 'comment', 'story'].includes(kind))
    throw new Usage(`"${kind}" cannot be taken down, only a ${takes.kind}`);
}

export const takedown = operation({
  name: 'takedown',
  says: 'Take down a post, comment or story: hide it from everyone but its author',
  takes,
  options: verdict,
  examples: [
    "takedown post 01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11 --rule 'No nudity' --reason 'Shows somebody undressed'",
  ],
  question({ args: { kind, id } }) {
    requireKind(kind);
    return `Take down ${kind} ${id}?`;
  },
  async run({ admin: { moderation }, args: { kind, id }, options }) {
    requireKind(kind);
    if (kind === 'post') return moderation.takedownPost({ postId: id, ...options });
    if (kind === 'comment') return moderation.takedownComment({ commentId: id, ...options });
    return moderation.takedownStory({ storyId: id, ...options });
  },
  show: ({ subjectType, subjectId, createdAt }) =>
    `took down ${subjectType} ${subjectId} at ${createdAt.toISOString()}`,
});

export const restore = operation({
  name: 'restore',
  says: 'Restore a post, comment or story that was taken down',
  takes,
  options: { reason: required('the reason, shown to the user') },
  examples: ["restore post 01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11 --reason 'It is a statue'"],
  async run({ admin: { moderation }, args: { kind, id }, options: { reason } }) {
    requireKind(kind);
    if (kind === 'post') await moderation.restorePost({ postId: id, reason });
    else if (kind === 'comment') await moderation.restoreComment({ commentId: id, reason });
    else await moderation.restoreStory({ storyId: id, reason });
    return { kind, id };
  },
  show: ({ kind, id }) => `${kind} ${id} is no longer taken down`,
});
