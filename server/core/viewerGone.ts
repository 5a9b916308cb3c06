import type { CielError } from './errors.ts';
import type { Meta } from './procedures.ts';

/** Whether the input names something that may not exist; then `not_found` is a documented error. */
export const canMiss = ({ rest, errors = [] }: Meta): boolean =>
  rest.includes('{') || errors.includes('not_found');

/**
 * Where the input names nothing that could be missing, the missing row is the viewer's own: the account was deleted while
 * the request ran. The caller gets the `unauthenticated` that its next request would get.
 */
export const isViewerGone = ({ code }: CielError, meta: Meta): boolean =>
  code === 'not_found' && (meta.access === 'user' || meta.access === 'viewer') && !canMiss(meta);
