import type { ProfileField } from '../../domains/moderation/actions/contract.ts';
import { flag, operation, required, text } from '../cli/command.ts';
import { Usage } from '../cli/failures.ts';
import { verdict } from './bans.ts';
import { idOf } from './users.ts';

const takes = { kind: 'post, comment, story or user', id: 'its id; for a user, the handle will do' };

type Kind = 'post' | 'comment' | 'story' | 'user';

function requireKind(kind: string): asserts kind is Kind {
  if (!['post', 'comment', 'story', 'user'].includes(kind))
    throw new Usage(`"${kind}" cannot be taken down, only a ${takes.kind}`);
}

/** The options of every command that can take down photographs. */
export const photographOptions = {
  photos: text('ids of the photographs it is about, with commas, or none; default: all'),
  everywhere: flag("hide and refuse everybody's copies of the photographs"),
};

const listOf = (names: string): string[] => names.split(',').map((name) => name.trim());

interface Chosen {
  photos: string | undefined;
  everywhere: boolean;
}

/** What the options say, for a procedure. */
export const photographsOf = ({ photos, everywhere }: Chosen) => ({
  ...(photos === undefined ? {} : { mediaIds: photos === 'none' ? [] : listOf(photos) }),
  ...(everywhere ? { everywhere } : {}),
});

interface Options extends Chosen {
  fields: string | undefined;
}

/** Refuses options that say nothing about a subject of this kind. */
function requireFitting(kind: string, { photos, everywhere, fields }: Options): void {
  requireKind(kind);
  if (kind === 'user' && fields === undefined)
    throw new Usage('--fields is missing: what to take down of the user');
  if (kind !== 'user' && fields !== undefined) throw new Usage('--fields is only for users');
  if (photos !== undefined && kind !== 'post' && kind !== 'story')
    throw new Usage('--photos is only for posts and stories');
  if (everywhere && kind === 'comment') throw new Usage('--everywhere is only for photographs');
}

export const takedown = operation({
  name: 'takedown',
  says: "Take down a post, comment or story, with its photographs, or parts of a user's profile",
  takes,
  options: {
    ...verdict,
    ...photographOptions,
    fields: text('for a user: avatar, displayName and bio, or some of them, with commas'),
  },
  examples: [
    "takedown post 01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11 --rule 'No nudity' --reason 'Shows somebody undressed'",
    "takedown post 01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11 --photos none --rule 'No abuse' --reason 'The caption insults'",
    "takedown user mallory --fields avatar,bio --rule 'No nudity' --reason 'Shows somebody undressed'",
  ],
  question({ args: { kind, id }, options }) {
    requireFitting(kind, options);
    return `Take down ${kind} ${id}?`;
  },
  async run({ admin, args: { kind, id }, options }) {
    requireFitting(kind, options);
    const { rule, reason, everywhere } = options;
    const { moderation } = admin;
    if (kind === 'comment') return moderation.takedownComment({ commentId: id, rule, reason });
    const photographs = photographsOf(options);
    if (kind === 'post') return moderation.takedownPost({ postId: id, rule, reason, ...photographs });
    if (kind === 'story') return moderation.takedownStory({ storyId: id, rule, reason, ...photographs });
    const userId = await idOf(admin, id);
    const fields = listOf(options.fields!) as ProfileField[];
    return moderation.takedownUser({ userId, fields, everywhere, rule, reason });
  },
  show: ({ subjectType, subjectId, createdAt }) =>
    `took down ${subjectType} ${subjectId} at ${createdAt.toISOString()}`,
});

export const restore = operation({
  name: 'restore',
  says: "Restore a post, comment, story or a user's profile that was taken down",
  takes,
  options: { reason: required('the reason, shown to the user') },
  examples: ["restore post 01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11 --reason 'It is a statue'"],
  async run({ admin, args: { kind, id }, options: { reason } }) {
    requireKind(kind);
    const { moderation } = admin;
    if (kind === 'post') await moderation.restorePost({ postId: id, reason });
    else if (kind === 'comment') await moderation.restoreComment({ commentId: id, reason });
    else if (kind === 'story') await moderation.restoreStory({ storyId: id, reason });
    else await moderation.restoreUser({ userId: await idOf(admin, id), reason });
    return { kind, id };
  },
  show: ({ kind, id }) => `${kind} ${id} is no longer taken down`,
});
