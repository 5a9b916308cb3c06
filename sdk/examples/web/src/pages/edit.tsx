import type { Post } from '@ciel/sdk';
import { hooks, useSession } from '@ciel/sdk/react';
import { useState } from 'react';
import { Button } from '../parts/button.tsx';
import { EditPhotos } from '../parts/editPhotos.tsx';
import { Choice, TextField } from '../parts/field.tsx';
import { Heading } from '../parts/heading.tsx';
import { isNotRead, NotRead } from '../parts/notRead.tsx';
import { Problem } from '../parts/problem.tsx';
import { toast } from '../parts/toasts.tsx';
import { useForm } from '../parts/useForm.ts';
import { usePlace } from '../router.tsx';
import { NothingHere } from './nothingHere.tsx';

/** Edits a post: caption, photographs, visibility and who can comment. */
export function EditPage({ postId }: { postId: string }) {
  const read = hooks.posts.get.useQuery({ postId });
  const { data: post } = read;
  const { userId } = useSession();
  if (isNotRead(read)) return <NotRead of={read} />;
  if (post && post.author.id !== userId) return <NothingHere />;
  return (
    <>
      <Heading title="Edit the post" back={`/p/${postId}`} />
      {post ? <Edit post={post} /> : <p className="quiet centred">Loading…</p>}
    </>
  );
}

/** The form ignores refetched data, so that it never overwrites what the user is typing. */
function Edit({ post }: { post: Post }) {
  const { back } = usePlace();
  const [photos, setPhotos] = useState(post.media);
  const edit = hooks.posts.edit.useMutation();
  const { form, isBusy, errorOf, problem } = useForm(async (values) => {
    await edit.mutateAsync({
      postId: post.id,
      caption: values.caption ?? '',
      visibility: values.visibility as Post['visibility'],
      commentPolicy: values.commentPolicy as Post['commentPolicy'],
      media: photos.map(({ id }) => ({ mediaId: id, altText: values[`alt ${id}`] ?? '' })),
    });
    toast('Saved.');
    back(`/p/${post.id}`);
  });
  return (
    <form {...form} className="form compose">
      <EditPhotos photos={photos} onChange={setPhotos} error={errorOf('media')} />
      <TextField
        name="caption"
        label="Caption"
        defaultValue={post.caption}
        hint="#tags and @people become links. Others see that it was edited."
        rows={3}
        error={errorOf('caption')}
      />
      <Choice
        name="visibility"
        label="Who sees it"
        defaultValue={post.visibility}
        choices={[
          ['public', 'Everyone'],
          ['followers', 'Followers'],
        ]}
        error={errorOf('visibility')}
      />
      <Choice
        name="commentPolicy"
        label="Who may comment"
        defaultValue={post.commentPolicy}
        choices={[
          ['everyone', 'Everyone'],
          ['followers', 'Followers'],
          ['nobody', 'Nobody'],
        ]}
        error={errorOf('commentPolicy')}
      />
      <Problem>{problem}</Problem>
      <div className="buttons">
        <Button look="strong" type="submit" isBusy={isBusy}>
          Save
        </Button>
        <Button onClick={() => back(`/p/${post.id}`)}>Cancel</Button>
      </div>
    </form>
  );
}
