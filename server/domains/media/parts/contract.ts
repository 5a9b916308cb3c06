import { z } from 'zod';
import { Url } from '../../../core/fields.ts';

export const UploadPart = z
  .object({
    number: z.int().meta({ description: 'Number of the part, from 1', examples: [1] }),
    from: z.int().meta({ description: 'Offset of its first byte in the file', examples: [0] }),
    to: z.int().meta({ description: 'Offset after its last byte', examples: [8_388_608] }),
    url: Url.meta({
      description: 'URL to PUT exactly these bytes to; keep it secret',
      examples: ['https://media.example.org/up/8Jc1kQ0vXbN2?partNumber=1&X-Amz-Signature=5d1c0f'],
    }),
    headers: z
      .record(z.string(), z.string())
      .meta({ description: 'Headers to send exactly as given', examples: [{}] }),
  })
  .meta({ id: 'UploadPart', description: 'Permission to upload one part of a file' });
export type UploadPart = z.infer<typeof UploadPart>;
