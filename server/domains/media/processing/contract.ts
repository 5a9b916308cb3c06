import { z } from 'zod';
import { Url, UrlEnd } from '../../../core/fields.ts';

export const MediaVariant = z
  .object({
    name: z.enum(['thumb', 'medium', 'large', 'xlarge', 'full']).meta({
      description:
        'Longest side of up to 200, 800, 1600, 2048 or 4096 pixels; more for panoramas and tall photos, so that they can be read. A photo that is smaller has thumb, medium and large nevertheless, with the same URL; xlarge and full only where it is larger than the one before',
      examples: ['large'],
    }),
    type: z.enum(['image/webp', 'image/jpeg', 'image/avif']).meta({
      description: 'Media type; `image/avif` joins the others some minutes after the photo is ready',
      examples: ['image/webp'],
    }),
    url: Url.meta({
      description:
        'For a photo that everybody may see: lasts until fewer people may. For others: made for you alone, ends at `expiresAt`, and works only while you can see the photo; it may redirect',
      examples: ['https://media.example.org/pub/4nVJ9mQbT0w2kcLqXe7RsA/large.webp'],
    }),
    expiresAt: UrlEnd,
    width: z.int().meta({ description: 'Width in pixels', examples: [1600] }),
    height: z.int().meta({ description: 'Height in pixels', examples: [1200] }),
    bytes: z.int().meta({ description: 'Size of the file in bytes', examples: [184_220] }),
  })
  .meta({ id: 'MediaVariant', description: 'One size of a photo, in one format' });

export const IsHdr = z.boolean().meta({
  description:
    'Whether the JPEG variants carry a gain map (Ultra HDR, ISO 21496-1), by which HDR displays show more light. The other variants, and photos in PQ or HLG, are shown within the standard range',
  examples: [false],
});
