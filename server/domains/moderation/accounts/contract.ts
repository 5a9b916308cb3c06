import { z } from 'zod';
import { Handle } from '../../../core/fields.ts';

export const AccountRef = z.strictObject({ handle: Handle });
