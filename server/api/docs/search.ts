import { errorCatalogue } from '../../core/errors.ts';
import type { OpenApiDocument } from '../openapi/document.ts';
import type { Guide } from './guides.ts';
import { guidePath } from './layout.ts';

export interface SearchEntry {
  kind: 'guide' | 'operation' | 'error';
  title: string;
  /** Shown beside the title: the guide, or the method and path. */
  place: string;
  url: string;
  text: string;
}

/** Everything that the search of the docs finds. */
export function searchEntries(guides: Guide[], document: OpenApiDocument): SearchEntry[] {
  return [...guides.flatMap(entriesOfGuide), ...entriesOfDocument(document), ...entriesOfErrors()];
}

const entriesOfGuide = ({ slug, title, sections }: Guide): SearchEntry[] =>
  sections.map((section) => ({
    kind: 'guide',
    title: section.title,
    place: section.id ? title : 'Guide',
    url: guidePath(slug) + (section.id ? `#${section.id}` : ''),
    text: section.text,
  }));

const entriesOfDocument = ({ paths }: OpenApiDocument): SearchEntry[] =>
  Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { operationId, tags, summary, description }]) => ({
      kind: 'operation' as const,
      title: String(summary),
      place: `${method.toUpperCase()} ${path}`,
      url: `/docs#/${(tags as string[])[0]}/${operationId}`,
      text: [operationId, description ?? ''].join(' '),
    })),
  );

const entriesOfErrors = (): SearchEntry[] =>
  Object.entries(errorCatalogue).map(([code, { title }]) => ({
    kind: 'error',
    title: code,
    place: 'Error',
    url: `/docs/errors#${code}`,
    text: title,
  }));
