import { z } from 'zod';
import { Login } from '../auth/contract.ts';

export const Deletion = z.strictObject({ password: Login.shape.password });
export type Deletion = z.infer<typeof Deletion>;
