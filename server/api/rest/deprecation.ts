import type { Deprecated } from '../../core/procedures.ts';
import { operationId } from './endpoints.ts';

/** What RFC 9745 and RFC 8594 say of something that will go; nothing of what stays. */
export function deprecationHeaders(deprecated: Deprecated | undefined): Record<string, string> {
  if (!deprecated) return {};
  const { since, sunset, instead } = deprecated;
  return {
    deprecation: `@${Date.parse(since) / 1000}`,
    ...(sunset ? { sunset: new Date(sunset).toUTCString() } : {}),
    ...(instead ? { link: `<${placeOf(instead)}>; rel="successor-version"` } : {}),
  };
}

/** Of a procedure in the docs page. */
const placeOf = (name: string) => `/docs#/${name.split('.')[0]}/${operationId(name)}`;
