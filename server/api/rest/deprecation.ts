import type { Deprecated } from '../../core/procedures.ts';
import { operationId } from './endpoints.ts';

/** The headers of RFC 9745 and RFC 8594 for a deprecated operation; none for others. */
export function deprecationHeaders(deprecated: Deprecated | undefined): Record<string, string> {
  if (!deprecated) return {};
  const { since, sunset, instead } = deprecated;
  return {
    deprecation: `@${Date.parse(since) / 1000}`,
    ...(sunset ? { sunset: new Date(sunset).toUTCString() } : {}),
    ...(instead ? { link: `<${placeOf(instead)}>; rel="successor-version"` } : {}),
  };
}

/** Address of a procedure in the reference. */
const placeOf = (name: string) => `/docs#/${name.split('.')[0]}/${operationId(name)}`;
