import type { Page } from './lists.ts';
import type { Api } from './router.ts';

type ProcedureAt<Path extends string> = Path extends `${infer Domain extends keyof Api}.${infer Name}`
  ? Name extends keyof Api[Domain]
    ? Api[Domain][Name]
    : never
  : never;

/**
 * What a procedure takes.
 * @example
 * const draft: InputOf<'posts.create'> = { mediaIds: [], visibility: 'public' };
 */
export type InputOf<Path extends string> = ProcedureAt<Path> extends { input: infer Input } ? Input : never;

/**
 * What a procedure answers; of a list, a page.
 * @example
 * const [me, setMe] = useState<AnswerOf<'auth.me'> | null>(null);
 */
export type AnswerOf<Path extends string> =
  ProcedureAt<Path> extends { output: infer Output } ? Output : never;

/**
 * What a list is of.
 * @example
 * const Follower = ({ user }: ItemOf<'social.followers'>) => …;
 */
export type ItemOf<Path extends string> = AnswerOf<Path> extends Page<infer Item> ? Item : never;

/** The own profile. */
export type Me = AnswerOf<'auth.me'>;
/** A post with its photographs. */
export type Post = AnswerOf<'posts.get'>;
/** A photograph, with the sizes it is there in. */
export type Media = Post['media'][number];
/** A person, in a line. */
export type UserCard = Post['author'];
/** A person with counts, and how they and the viewer stand to each other. */
export type Profile = AnswerOf<'users.get'>;
/** A comment with the first of its replies. */
export type Comment = ItemOf<'engagement.comments'>;
/** A photograph that lasts a day. */
export type Story = AnswerOf<'stories.get'>;
/** A person who has stories, as the tray shows them. */
export type Teller = ItemOf<'feed.stories'>;
/** Something that happened to the viewer or to what they posted. */
export type Notification = ItemOf<'notifications.list'>;
/** A report case, for operators. */
export type Case = ItemOf<'moderation.cases'>;
