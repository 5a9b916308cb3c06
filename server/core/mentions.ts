/** Users notified by the mentions of one text; further handles are plain text. */
const MAX_MENTIONS = 30;

/** A handle after an @ that nothing precedes or follows directly, unlike in an email address or a path. */
const MENTION = /(?<![\p{L}\p{M}\p{N}_@/])@([A-Za-z0-9_]{3,30})(?![\p{L}\p{M}\p{N}_@])/gu;

/** The distinct handles that a text mentions, in lower case, without the @. */
export const mentionsOf = (text: string): string[] =>
  [...new Set([...text.matchAll(MENTION)].map(([, handle]) => handle!.toLowerCase()))].slice(0, MAX_MENTIONS);
