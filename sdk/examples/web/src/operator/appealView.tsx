import type { Appeal } from '@ciel/sdk';
import { hooks } from '@ciel/sdk/react';
import { useState } from 'react';
import { Ago } from '../parts/ago.tsx';
import { Button } from '../parts/button.tsx';
import { Choice, TextField } from '../parts/field.tsx';
import { Problem } from '../parts/problem.tsx';
import { toast } from '../parts/toasts.tsx';
import { useForm } from '../parts/useForm.ts';
import { sayDate } from '../words.ts';
import { Evidence } from './evidence.tsx';

interface AppealViewProps {
  appeal: Appeal;
  onDecided: (appeal: Appeal) => void;
  onBack: () => void;
}

/** An appeal: the action, the appellant's text, and the decision. */
export function AppealView({ appeal, onDecided, onBack }: AppealViewProps) {
  const { action, appellant, actedBy, text, status, resolvedBy, reason, createdAt, caseId } = appeal;
  return (
    <article className="case">
      <Button className="small narrow-only" onClick={onBack}>
        All appeals
      </Button>
      <h2>@{appellant.handle} appeals</h2>
      <p className="quiet">
        {appellant.displayName}, trust level {appellant.trustLevel}
        {appellant.bannedUntil && `, banned until ${sayDate(appellant.bannedUntil)}`} · <Ago at={createdAt} />
      </p>
      <blockquote>{text}</blockquote>
      <h3>Action</h3>
      <ul className="reports">
        <li>
          <strong>{action.kind}</strong>
          {action.undoneAt && ' (undone)'} of a {action.subjectType} by {actedBy}: {action.rule} ·{' '}
          <Ago at={action.createdAt} />
          <q>{action.reason}</q>
        </li>
      </ul>
      {caseId && <About caseId={caseId} />}
      {status === 'open' ? (
        <Decide appeal={appeal} onDecided={onDecided} />
      ) : (
        <p>
          <strong>{status === 'upheld' ? 'Upheld' : 'Overturned'}</strong> by {resolvedBy}: {reason}
        </p>
      )}
    </article>
  );
}

function About({ caseId }: { caseId: string }) {
  const { data } = hooks.moderation.case.useQuery({ caseId });
  if (!data) return null;
  return (
    <>
      <h3>Subject</h3>
      <Evidence detail={data} />
    </>
  );
}

function Decide({ appeal, onDecided }: Pick<AppealViewProps, 'appeal' | 'onDecided'>) {
  const [outcome, setOutcome] = useState<'uphold' | 'overturn'>('uphold');
  const resolve = hooks.moderation.resolveAppeal.useMutation();
  const { form, isBusy, errorOf, problem } = useForm(async ({ reason = '' }) => {
    onDecided(await resolve.mutateAsync({ appealId: appeal.id, outcome, reason }));
    toast('Decided.');
  });
  return (
    <form {...form} className="form resolve">
      <h3>Decide</h3>
      <Choice
        name="outcome"
        label="Outcome"
        choices={[
          ['uphold', 'Uphold: it was right'],
          ['overturn', `Overturn: the ${appeal.action.kind} is undone`],
        ]}
        value={outcome}
        onChange={({ target }) => setOutcome(target.value as typeof outcome)}
        error={errorOf('outcome')}
      />
      <TextField
        name="reason"
        label="Reason"
        rows={3}
        error={errorOf('reason')}
        hint={`@${appeal.appellant.handle} sees it. ${appeal.actedBy}, who took the action, may not decide.`}
      />
      <Problem>{problem}</Problem>
      <Button look="strong" type="submit" isBusy={isBusy}>
        Decide
      </Button>
    </form>
  );
}
