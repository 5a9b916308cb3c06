import { hooks } from '@ciel/sdk/react';
import { useState } from 'react';
import { Button } from '../parts/button.tsx';
import { Field, TextField } from '../parts/field.tsx';
import { Problem } from '../parts/problem.tsx';
import { toast } from '../parts/toasts.tsx';
import { useForm } from '../parts/useForm.ts';

const FIELDS = [
  ['avatar', 'Avatar'],
  ['displayName', 'Display name'],
  ['bio', 'Bio'],
] as const;

/** Takes down parts of a profile, without a ban; the case stays open. */
export function TakeDownProfile({ userId }: { userId: string }) {
  const [isOpen, setIsOpen] = useState(false);
  const takedown = hooks.moderation.takedownUser.useMutation();
  const { form, isBusy, errorOf, problem } = useForm(async ({ rule = '', reason = '', ...values }) => {
    const fields = FIELDS.map(([name]) => name).filter((name) => name in values);
    await takedown.mutateAsync({ userId, fields, rule, reason });
    toast('Taken down.');
    setIsOpen(false);
  });
  if (!isOpen) return <Button onClick={() => setIsOpen(true)}>Take down parts of the profile</Button>;
  return (
    <form {...form} className="form resolve">
      <h3>Take down parts of the profile</h3>
      <fieldset className="field choices">
        <legend>Parts</legend>
        {FIELDS.map(([name, label]) => (
          <label key={name} className="check">
            <input type="checkbox" name={name} />
            {label}
          </label>
        ))}
        <p className={errorOf('fields') ? 'note error' : 'note'}>
          {errorOf('fields') ?? 'The user can set something else, but not the same again.'}
        </p>
      </fieldset>
      <Field name="rule" label="Rule broken" list="rules" error={errorOf('rule')} hint="Shown to the user." />
      <TextField
        name="reason"
        label="Why"
        rows={2}
        error={errorOf('reason')}
        hint="Shown to the user and recorded in the log."
      />
      <Problem>{problem}</Problem>
      <Button look="danger" type="submit" isBusy={isBusy}>
        Take down
      </Button>
    </form>
  );
}
