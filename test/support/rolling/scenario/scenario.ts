import type { Pair } from '../pair.ts';
import {
  type Content,
  engage,
  handleMedia,
  hearEvents,
  post,
  readNotifications,
  tellStories,
} from './content.ts';
import { moderate } from './moderation.ts';
import { type Cast, editProfiles, exerciseSessions, invite, meet, signUpAll } from './people.ts';

export interface Played {
  cast: Cast;
  content: Content;
}

/** Seven people, and every write that there is; the run makes their names its own. */
export async function play(pair: Pair, run: string): Promise<Played> {
  const cast = await signUpAll(pair, run);
  await exerciseSessions(pair, cast);
  await editProfiles(pair, cast);
  await invite(pair, cast);
  await meet(pair, cast);
  await handleMedia(pair, cast);
  const postId = await post(pair, cast, run);
  const commentId = await engage(pair, cast, postId);
  const storyId = await tellStories(pair, cast);
  await hearEvents(pair, cast, postId);
  await readNotifications(pair, cast);
  const content = { postId, commentId, storyId };
  await moderate(pair, cast, content);
  return { cast, content };
}
