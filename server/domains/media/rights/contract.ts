import { z } from 'zod';
import { Text } from '../../../core/fields.ts';

const examples = {
  copyright: '© 2026 Alice Arnold',
  creator: 'Alice Arnold',
  license: 'CC BY 4.0',
};

const described = {
  copyright: { description: 'Copyright notice', examples: [examples.copyright] },
  creator: { description: 'Who made the photo', examples: [examples.creator] },
  license: {
    description: 'What others may do with it: the name of a licence, its URL or a sentence',
    examples: [examples.license],
  },
  noAi: {
    description:
      'Whether the owner wishes that the photo is not used to train AI models. The server sends its pictures with `X-Robots-Tag: noai, noimageai`',
    examples: [false],
  },
};

/** As others see it: what the owner chose to show. */
export const shownRights = {
  copyright: z.string().nullable().meta(described.copyright),
  creator: z.string().nullable().meta(described.creator),
  license: z.string().nullable().meta(described.license),
  noAi: z.boolean().meta(described.noAi),
};

const RightsText = Text({ min: 1, max: 200 });

const editedText = (name: keyof typeof examples) =>
  RightsText.nullable()
    .optional()
    .meta({
      description: `${described[name].description}, up to 200 characters; null removes it`,
      examples: described[name].examples,
    });

export const editedRights = {
  copyright: editedText('copyright'),
  creator: editedText('creator'),
  license: editedText('license'),
  noAi: z.boolean().optional().meta(described.noAi),
  fileRights: z
    .literal(null)
    .optional()
    .meta({ description: 'null deletes what is kept of the file', examples: [null] }),
};

/** Anything that the owner could not send is left out, so that all of it can be shown. */
const proposed = RightsText.optional().catch(undefined);

/** What the worker found in a file. */
export const FileRights = z.object({
  copyright: proposed,
  creator: proposed,
  license: proposed,
  noAi: z.boolean().optional(),
});
export type FileRights = z.infer<typeof FileRights>;

export const ProposedRights = z
  .object({
    copyright: z.string().meta(described.copyright),
    creator: z.string().meta(described.creator),
    license: z.string().meta(described.license),
    noAi: z.boolean().meta({ description: 'Whether the file asks not to be mined', examples: [true] }),
  })
  .partial()
  .meta({
    id: 'FileRights',
    description:
      'What the uploaded file says in its EXIF, IPTC or XMP. Only its owner sees it. `PATCH /media/{mediaId}` shows what they choose, and deletes the rest with `fileRights: null`',
  });
