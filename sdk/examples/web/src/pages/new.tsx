import { hooks, useCiel } from '@ciel/sdk/react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../parts/button.tsx';
import { Choice, TextField } from '../parts/field.tsx';
import { Heading } from '../parts/heading.tsx';
import { PickPhotos } from '../parts/pickPhotos.tsx';
import { Problem } from '../parts/problem.tsx';
import { Switch } from '../parts/switch.tsx';
import { toast } from '../parts/toasts.tsx';
import { useForm } from '../parts/useForm.ts';
import { useUploads } from '../parts/useUploads.ts';
import { usePlace } from '../router.tsx';
import { STORY_AUDIENCES } from '../words.ts';

const MOST_PHOTOS = 10;

/** Photographs upload while the user writes the caption. */
export function NewPage() {
  const { query, go } = usePlace();
  const ciel = useCiel();
  const client = useQueryClient();
  const [isStory, setStory] = useState(query.has('story'));
  const { data: me } = hooks.auth.me.useQuery();
  const uploads = useUploads(isStory ? 1 : MOST_PHOTOS);
  const { form, isBusy, errorOf, problem } = useForm(async ({ caption = '', audience }) => {
    const mediaIds = await uploads.finish();
    if (isStory) {
      const visibility = audience as 'public' | 'friends' | 'closeFriends';
      await ciel.stories.create({ mediaId: mediaIds[0]!, caption, visibility });
    } else await ciel.posts.create({ mediaIds, caption, visibility: audience as 'public' | 'followers' });
    for (const key of [hooks.feed.home.key(), hooks.feed.stories.key(), hooks.posts.byUser.key()])
      void client.invalidateQueries({ queryKey: key });
    toast(isStory ? 'Your story is on its way.' : 'Shared.');
    go('/', { replace: true });
  });
  const isEmpty = uploads.photos.length === 0;
  return (
    <>
      <Heading title={isStory ? 'New story' : 'New post'} back="/" />
      <Switch
        legend="What is it?"
        name="kind"
        choices={[
          ['post', 'Post'],
          ['story', 'Story, for a day'],
        ]}
        value={isStory ? 'story' : 'post'}
        onChange={(kind) => setStory(kind === 'story')}
      />
      <form {...form} className="form compose">
        <PickPhotos uploads={uploads} error={errorOf('mediaIds') ?? errorOf('mediaId')} />
        {!isEmpty && (
          <>
            <TextField
              name="caption"
              label="Caption"
              hint="#tags and @people become links."
              rows={3}
              error={errorOf('caption')}
            />
            <Choice
              key={isStory ? 'story' : 'post'}
              defaultValue={isStory ? me?.settings.storyAudience : undefined}
              name="audience"
              label="Who sees it"
              error={errorOf('visibility')}
              choices={
                isStory
                  ? STORY_AUDIENCES
                  : [
                      ['public', 'Everyone'],
                      ['followers', 'Followers'],
                    ]
              }
            />
          </>
        )}
        <Problem>{problem}</Problem>
        {!isEmpty && (
          <Button look="strong" type="submit" isBusy={isBusy} disabled={uploads.isAllFailed}>
            {isBusy ? 'Sharing…' : 'Share'}
          </Button>
        )}
      </form>
    </>
  );
}
