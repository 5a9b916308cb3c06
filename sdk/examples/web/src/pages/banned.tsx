import type { Me } from '@ciel/sdk';
import { useCiel } from '@ciel/sdk/react';
import { useState } from 'react';
import { Button } from '../parts/button.tsx';
import { TextField } from '../parts/field.tsx';
import { Problem } from '../parts/problem.tsx';
import { useForm } from '../parts/useForm.ts';
import { sayDate } from '../words.ts';
import { Front } from './front.tsx';

/** The page for banned users: the reason, the appeal, and sign-out. */
export function BannedPage({ ban }: { ban: NonNullable<Me['ban']> }) {
  const ciel = useCiel();
  const [isSent, setSent] = useState(false);
  const { form, isBusy, errorOf, problem } = useForm(async ({ text }) => {
    await ciel.moderation.appeal({ actionId: ban.actionId, text: text ?? '' });
    setSent(true);
  });
  return (
    <Front title="Your account is banned">
      <p>
        {ban.until ? `Until ${sayDate(ban.until)}` : 'Permanently'}: {ban.rule}. {ban.reason}
      </p>
      {isSent ? (
        <p role="status">Your appeal was sent. Another moderator will review it.</p>
      ) : (
        <form {...form} className="form">
          <TextField
            name="text"
            label="Why this is wrong"
            hint="One appeal, within 30 days."
            rows={4}
            error={errorOf('text')}
          />
          <Problem>{problem}</Problem>
          <Button look="strong" type="submit" isBusy={isBusy}>
            Appeal
          </Button>
        </form>
      )}
      <Button onClick={() => void ciel.signOut()}>Sign out</Button>
    </Front>
  );
}
