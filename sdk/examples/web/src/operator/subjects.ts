import type { Case } from '@ciel/sdk';

const WHAT: Record<Case['subjectType'], string> = {
  user: 'The account of',
  post: 'A post of',
  comment: 'A comment of',
  story: 'A story of',
};

/** Goes before the owner's name. */
export const whatOf = (type: Case['subjectType']): string => WHAT[type];
