import type { Case, Media } from '@ciel/sdk';
import { hooks } from '@ciel/sdk/react';
import { useState } from 'react';
import { Button } from '../parts/button.tsx';
import { Choice, Field, TextField } from '../parts/field.tsx';
import { Problem } from '../parts/problem.tsx';
import { toast } from '../parts/toasts.tsx';
import { useForm } from '../parts/useForm.ts';
import type { Verdict } from '../shapes.ts';
import { ChoosePhotographs, useChosen } from './choosePhotographs.tsx';

const RULES = ['No spam', 'No abuse', 'No nudity', 'No violence', 'Nothing illegal', 'No impersonation'];

interface ResolveProps {
  caseId: string;
  subjectType: Case['subjectType'];
  media: Media[];
}

export function Resolve({ caseId, subjectType, media }: ResolveProps) {
  const [action, setAction] = useState<Verdict>('dismiss');
  const chosen = useChosen(media);
  const hidesPhotographs =
    media.length > 0 && subjectType !== 'user' && action !== 'dismiss' && action !== 'warn';
  const resolve = hooks.moderation.resolveCase.useMutation();
  const { form, isBusy, errorOf, problem } = useForm(async ({ rule = '', reason = '', days }) => {
    const durationHours = action === 'ban' ? (days ? Number(days) * 24 : null) : undefined;
    await resolve.mutateAsync({
      caseId,
      action,
      rule,
      reason,
      ...(durationHours === undefined ? {} : { durationHours }),
      ...(hidesPhotographs ? chosen.input : {}),
    });
    toast('Resolved.');
  });
  const verdicts: [Verdict, string][] = [
    ['dismiss', 'Dismiss: no rule was broken'],
    ['warn', 'Warn the author'],
    ...(subjectType === 'user' ? [] : [['takedown', 'Take it down'] as [Verdict, string]]),
    ['strike', subjectType === 'user' ? 'Strike' : 'Take it down and add a strike'],
    ['ban', 'Ban the author'],
  ];
  return (
    <form {...form} className="form resolve">
      <h3>Resolve</h3>
      <Choice
        name="action"
        label="Action"
        choices={verdicts}
        value={action}
        onChange={({ target }) => setAction(target.value as Verdict)}
        error={errorOf('action')}
      />
      {action === 'ban' && (
        <Field
          name="days"
          label="Days"
          type="number"
          min={1}
          hint="Leave empty for a permanent ban."
          error={errorOf('durationHours')}
        />
      )}
      {hidesPhotographs && <ChoosePhotographs media={media} chosen={chosen} error={errorOf('mediaIds')} />}
      <Field name="rule" label="Rule" list="rules" error={errorOf('rule')} hint="Shown to the author." />
      <datalist id="rules">
        {RULES.map((rule) => (
          <option key={rule} value={rule} />
        ))}
      </datalist>
      <TextField
        name="reason"
        label="Reason"
        rows={3}
        error={errorOf('reason')}
        hint="Shown to the author and recorded in the log."
      />
      <Problem>{problem}</Problem>
      <Button look={action === 'dismiss' ? 'strong' : 'danger'} type="submit" isBusy={isBusy}>
        Resolve
      </Button>
    </form>
  );
}
