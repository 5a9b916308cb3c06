import { type App, inTransaction } from '../../../core/app.ts';
import type { Viewer } from '../../../core/context.ts';
import { CielError, notFound } from '../../../core/errors.ts';
import type { SubjectType } from '../contract.ts';
import { findSighting } from '../subjects/queries.ts';
import type { Flag, Report } from './contract.ts';
import { addToCase, insertReport } from './queries.ts';

/** What a report adds to the priority of its case, by the trust level of the reporter: New, Basic, Trusted, Verified. */
const WEIGHTS = [1, 2, 4, 8] as const;

/** Throws `already_reported` the second time, even if the case has been resolved since. */
export const reportSubject = (
  app: App,
  viewer: Viewer,
  subjectType: SubjectType,
  subjectId: string,
  { category, reason }: Flag,
): Promise<Report> =>
  inTransaction(app, async (app) => {
    const sighting = await findSighting[subjectType](app.db, viewer.id, subjectId);
    if (!sighting) throw notFound();
    const { ownerId, snapshot } = sighting;
    if (ownerId === viewer.id) throw new CielError('self_action');
    const weight = WEIGHTS[viewer.trustLevel as 0 | 1 | 2 | 3];
    const { id: caseId, round } = await addToCase(app.db, { subjectType, subjectId, ownerId }, weight);
    const report = await insertReport(app.db, {
      caseId,
      round,
      reporterId: viewer.id,
      category,
      reason: reason ?? null,
      weight,
      snapshot,
    });
    return {
      id: report.id,
      category,
      reason: report.reason,
      createdAt: report.createdAt,
      subjectType,
      subjectId,
      outcome: 'open',
      resolvedAt: null,
    };
  });
