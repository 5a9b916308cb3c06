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
  followRequested: 'Asks to follow you',
  requestAccepted: 'Lets you in',
  postLiked: 'Likes a photograph of yours',
  postCommented: 'Comments on it',
  commentReplied: 'Answers you',
  commentLiked: 'Likes what you said',
  mentioned: 'Mentions you',
  storyReaction: 'Reacts to a story of yours',
  inviteRedeemed: 'Comes by your invite',
};

const SOURCES: [Source, string][] = [
  ['everyone', 'Whoever it is'],
  ['following', 'Whom you follow'],
  ['nobody', 'Never'],
];

/** What holds for all that is new, and what one wants to be told. */
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
          label="Who may comment on what you post"
          defaultValue={settings.commentPolicy}
          choices={[
            ['everyone', 'Everybody'],
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
          <summary>What you are told</summary>
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
