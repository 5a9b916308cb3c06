import { z } from 'zod';
import { pageInput } from '../../core/fields.ts';

export const FeedInput = z.strictObject(pageInput);
export type FeedInput = z.infer<typeof FeedInput>;
