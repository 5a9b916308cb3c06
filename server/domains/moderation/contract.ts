import { z } from 'zod';

export const subjectTypes = ['user', 'post', 'comment', 'story'] as const;
export const SubjectType = z
  .enum(subjectTypes)
  .meta({ description: 'Type of the subject', examples: ['post'] });
export type SubjectType = z.infer<typeof SubjectType>;
