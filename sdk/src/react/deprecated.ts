import type { InteractionOptions } from './interactions.ts';

/** @deprecated Use `InteractionOptions`. Removed in 0.6.0. */
export type ActOptions = InteractionOptions;
