import type { AuditEntry } from '@ciel/sdk';
import { hooks } from '@ciel/sdk/react';
import { useState } from 'react';
import { Ago } from '../parts/ago.tsx';
import { Button } from '../parts/button.tsx';
import { Endless } from '../parts/endless.tsx';

type Filter = { actor?: string; action?: string; subject?: string };

const WORDS = { actor: 'By', action: 'Only', subject: 'About' } as const;

/** The audit log, newest first; clicking a value filters by it. */
export function Log() {
  const [filter, setFilter] = useState<Filter>({});
  const entries = hooks.moderation.audit.useInfinite(filter);
  const chosen = Object.entries(filter) as [keyof Filter, string][];
  return (
    <section className="log" aria-label="Log">
      {chosen.length > 0 && (
        <p className="buttons">
          {chosen.map(([name, value]) => (
            <Button
              key={name}
              className="small"
              aria-label={`${WORDS[name]} ${value}: remove this filter`}
              onClick={() => setFilter(({ [name]: _, ...rest }) => rest)}
            >
              <span className="clipped">
                {WORDS[name]} {value}
              </span>
              <span aria-hidden="true">×</span>
            </Button>
          ))}
        </p>
      )}
      <Endless list={entries} empty={<p>No entries yet.</p>}>
        {(items) => (
          <ul>
            {items.map((entry) => (
              <Entry
                key={entry.id}
                entry={entry}
                onNarrow={(more) => setFilter((now) => ({ ...now, ...more }))}
              />
            ))}
          </ul>
        )}
      </Endless>
    </section>
  );
}

function Entry({ entry, onNarrow }: { entry: AuditEntry; onNarrow: (more: Filter) => void }) {
  const { actor, action, subjectType, subjectId, rule, reason, details, createdAt } = entry;
  const said = Object.entries(details).filter(([, value]) => value !== null && value !== '');
  return (
    <li>
      <p>
        <Narrow onClick={() => onNarrow({ actor })}>{actor}</Narrow>
        <Narrow onClick={() => onNarrow({ action })}>{action}</Narrow>
        <span>{subjectType}</span>
        <Narrow onClick={() => onNarrow({ subject: subjectId })}>{subjectId}</Narrow>
        <Ago at={createdAt} />
      </p>
      {(rule || reason) && <p>{[rule, reason].filter(Boolean).join(': ')}</p>}
      {said.length > 0 && (
        <dl>
          {said.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{typeof value === 'object' ? JSON.stringify(value) : String(value)}</dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  );
}

const Narrow = ({ onClick, children }: { onClick: () => void; children: string }) => (
  <button type="button" className="narrow" title={`Only ${children}`} onClick={onClick}>
    {children}
  </button>
);
