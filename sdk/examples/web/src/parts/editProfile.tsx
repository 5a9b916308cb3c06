import type { Me } from '@ciel/sdk';
import { hooks, useCiel } from '@ciel/sdk/react';
import { type ChangeEvent, useState } from 'react';
import { sayError } from '../words.ts';
import { Avatar } from './avatar.tsx';
import { Button } from './button.tsx';
import { Field, TextField } from './field.tsx';
import { Problem } from './problem.tsx';
import { toast } from './toasts.tsx';
import { useForm } from './useForm.ts';

export function EditProfile({ me }: { me: Me }) {
  const update = hooks.users.updateMe.useMutation();
  const { form, isBusy, errorOf, problem } = useForm(
    async ({ handle, displayName, bio, isPrivate, discoverable }) => {
      await update.mutateAsync({
        ...(handle === me.handle ? {} : { handle }),
        displayName,
        bio,
        isPrivate: isPrivate === 'on',
        discoverable: discoverable === 'on',
      });
      toast('Saved.');
    },
  );
  return (
    <section>
      <h2>You</h2>
      <Picture me={me} />
      <form {...form} className="form">
        <Field
          name="displayName"
          label="Your name"
          defaultValue={me.displayName}
          autoComplete="name"
          error={errorOf('displayName')}
        />
        <Field
          name="handle"
          label="Your handle"
          defaultValue={me.handle}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          hint="You can change it twice in 30 days. Nobody else can take the old one."
          error={errorOf('handle')}
        />
        <TextField name="bio" label="About you" defaultValue={me.bio} rows={3} error={errorOf('bio')} />
        <label className="check">
          <input type="checkbox" name="isPrivate" defaultChecked={me.isPrivate} />
          <span>
            <strong>Private account</strong>
            Only followers you accept see your photographs.
          </span>
        </label>
        <label className="check">
          <input type="checkbox" name="discoverable" defaultChecked={me.discoverable} />
          <span>
            <strong>Discoverable</strong>
            You appear in search and suggestions.
          </span>
        </label>
        <Problem>{problem}</Problem>
        <Button look="strong" type="submit" isBusy={isBusy}>
          Save
        </Button>
      </form>
    </section>
  );
}

function Picture({ me }: { me: Me }) {
  const ciel = useCiel();
  const update = hooks.users.updateMe.useMutation();
  const [isBusy, setBusy] = useState(false);
  async function choose({ target }: ChangeEvent<HTMLInputElement>) {
    const file = target.files?.[0];
    if (!file) return;
    setBusy(true);
    try {
      const avatarMediaId = await ciel.upload(file, { wait: true });
      await update.mutateAsync({ avatarMediaId });
    } catch (error) {
      toast(sayError(error));
    } finally {
      setBusy(false);
    }
  }
  return (
    <div className="picture">
      <Avatar of={me} size={72} />
      <label className="button quiet" aria-busy={isBusy}>
        {isBusy ? 'Sending…' : 'Choose a picture'}
        <input
          type="file"
          accept="image/*,.heic,.heif"
          className="unseen"
          onChange={choose}
          disabled={isBusy}
        />
      </label>
    </div>
  );
}
