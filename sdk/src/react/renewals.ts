import type { QueryClient } from '@tanstack/react-query';
import type { Ciel } from '../client.ts';
import { freshImage } from '../freshImages.ts';
import type { Pictured } from '../imageUrls.ts';
import { patched } from '../patches.ts';
import { keyOf } from './keys.ts';

type Cached = Record<string, unknown>;

export const renewPost = (ciel: Ciel, client: QueryClient, postId: string): Promise<void> =>
  renewContent(ciel, client, postId, keyOf(['posts', 'get'], { postId }));

export const renewStory = (ciel: Ciel, client: QueryClient, storyId: string): Promise<void> =>
  renewContent(ciel, client, storyId, keyOf(['stories']));

/** Reads the photographs of a post or story that the cache has, in one batch, and writes them into every list. */
async function renewContent(
  ciel: Ciel,
  client: QueryClient,
  contentId: string,
  queryKey: readonly unknown[],
): Promise<void> {
  const photos = find(client, ({ id, media }) =>
    id === contentId && media ? ([media].flat() as Pictured[]) : [],
  );
  // Whoever may no longer see them may no longer see the content.
  if (await renew(ciel, photos)) void client.invalidateQueries({ queryKey });
}

/** Reads the avatar of a user if the cache has it. */
export async function renewAvatar(ciel: Ciel, client: QueryClient, userId: string): Promise<void> {
  const users = find(client, (object) =>
    object.id === userId && object.avatar ? [object as unknown as Pictured] : [],
  );
  await renew(ciel, users);
}

/** Whether one of them is gone. What could not be read is read when it fails to load. */
async function renew(ciel: Ciel, images: Pictured[]): Promise<boolean> {
  const byId = new Map(images.map((image) => [image.id, image]));
  const fresh = await Promise.all(
    [...byId.values()].map((image) => freshImage(ciel, image, { again: true }).catch(() => undefined)),
  );
  return fresh.includes(null);
}

function find(client: QueryClient, imagesIn: (object: Cached) => Pictured[]): Pictured[] {
  const found: Pictured[] = [];
  const look = patched((object) => {
    found.push(...imagesIn(object));
    return object;
  });
  for (const { state } of client.getQueryCache().findAll({ queryKey: keyOf([]) })) look(state.data);
  return found;
}
