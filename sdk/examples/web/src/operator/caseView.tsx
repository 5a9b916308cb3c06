import { hooks } from '@ciel/sdk/react';
import { Ago } from '../parts/ago.tsx';
import { Button } from '../parts/button.tsx';
import { sayDate, sayError } from '../words.ts';
import { Evidence } from './evidence.tsx';
import { Resolve } from './resolve.tsx';
import { TakeDownProfile } from './takeDownProfile.tsx';

/** A case: its reports, the snapshots, and the form to resolve it. */
export function CaseView({ caseId, onBack }: { caseId: string; onBack: () => void }) {
  const { data, error } = hooks.moderation.case.useQuery({ caseId });
  if (error) return <p className="empty">{sayError(error)}</p>;
  if (!data) return <p className="quiet centred">Loading…</p>;
  const { owner, subjectType, subjectId, reports, actions, status, media } = data;
  return (
    <article className="case">
      <Button className="small narrow-only" onClick={onBack}>
        All cases
      </Button>
      <h2>
        {subjectType} of @{owner.handle}
      </h2>
      <p className="quiet">
        {owner.displayName}, trust level {owner.trustLevel}
        {owner.bannedUntil && `, banned until ${sayDate(owner.bannedUntil)}`}
        {owner.deletedAt && ', deleted'}
      </p>
      <Evidence detail={data} />
      <h3>Reports</h3>
      <ul className="reports">
        {reports.map(({ id, category, reason, reporter, createdAt }) => (
          <li key={id}>
            <strong>{category}</strong> by{' '}
            {reporter ? `@${reporter.handle}, trust level ${reporter.trustLevel}` : 'a deleted user'} ·{' '}
            <Ago at={createdAt} />
            {reason && <q>{reason}</q>}
          </li>
        ))}
      </ul>
      {actions.length > 0 && (
        <>
          <h3>Actions</h3>
          <ul className="reports">
            {actions.map(({ id, kind, rule, reason, createdAt, undoneAt }) => (
              <li key={id}>
                <strong>{kind}</strong>
                {undoneAt && ' (undone)'}: {rule} · <Ago at={createdAt} />
                <q>{reason}</q>
              </li>
            ))}
          </ul>
        </>
      )}
      {subjectType === 'user' && <TakeDownProfile userId={subjectId} />}
      {status === 'open' ? (
        <Resolve caseId={caseId} subjectType={subjectType} media={media} />
      ) : (
        <p className="quiet">
          Resolved by {data.resolvedBy}: {data.resolution}. {data.reason}
        </p>
      )}
    </article>
  );
}
