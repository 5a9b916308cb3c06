import type { OutputOf } from '@ciel/sdk';
import { hooks } from '@ciel/sdk/react';
import { STORY_AUDIENCES } from '../words.ts';
import { Button } from './button.tsx';
import { Choice } from './field.tsx';
import { Problem } from './problem.tsx';
import { toast } from './toasts.tsx';
import { useForm } from './useForm.ts';

type Settings = OutputOf<'users.settings'>;
type Kind = keyof Settings['notifications'];
type Source = Settings['notifications'][Kind];

const KINDS: Record<Kind, string> = {
  followed: 'Follows you',
  followRequested: 'Requests to follow you',
  requestAccepted: 'Accepts your request',
  postLiked: 'Likes your photograph',
  postCommented: 'Comments on your post',
  commentReplied: 'Replies to you',
  commentLiked: 'Likes your comment',
  mentioned: 'Mentions you',
  storyReaction: 'Reacts to your story',
  inviteRedeemed: 'Joins with your invite',
};

const SOURCES: [Source, string][] = [
  ['everyone', 'Everyone'],
  ['following', 'People you follow'],
  ['nobody', 'Never'],
];

/** Defaults for new posts and stories, and notification settings. */
export function Preferences() {
  const { data } = hooks.users.settings.useQuery({});
  return data ? <Form settings={data} /> : null;
}

function Form({ settings }: { settings: Settings }) {
  const update = hooks.users.updateSettings.useMutation();
  const { form, isBusy, problem } = useForm(async ({ commentPolicy, storyAudience, ...notifications }) => {
    await update.mutateAsync({
      commentPolicy: commentPolicy as Settings['commentPolicy'],
      storyAudience: storyAudience as Settings['storyAudience'],
      notifications: notifications as Settings['notifications'],
    });
    toast('Saved.');
  });
  return (
    <section>
      <h2>Preferences</h2>
      <form {...form} className="form">
        <Choice
          name="commentPolicy"
          label="Who can comment on your posts"
          defaultValue={settings.commentPolicy}
          choices={[
            ['everyone', 'Everyone'],
            ['followers', 'Followers'],
            ['nobody', 'Nobody'],
          ]}
        />
        <Choice
          name="storyAudience"
          label="Who sees your stories"
          defaultValue={settings.storyAudience}
          choices={STORY_AUDIENCES}
        />
        <details>
          <summary>Notifications</summary>
          <div className="kinds">
            {(Object.keys(KINDS) as Kind[]).map((kind) => (
              <Choice
                key={kind}
                name={kind}
                label={KINDS[kind]}
                defaultValue={settings.notifications[kind]}
                choices={SOURCES}
              />
            ))}
          </div>
        </details>
        <Problem>{problem}</Problem>
        <Button look="strong" type="submit" isBusy={isBusy}>
          Save
        </Button>
      </form>
    </section>
  );
}
