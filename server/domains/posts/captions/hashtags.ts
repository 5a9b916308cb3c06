export const MAX_HASHTAGS = 30;
export const MAX_HASHTAG_LENGTH = 100;

/**
 * A word of letters, digits and underscores after a # at the start of a word. Digits alone are a number, and more than 100 characters
 * are no hashtag.
 */
const HASHTAG =
  /(?<![\p{L}\p{M}\p{N}_&#/])#(?=[\p{N}_]*[\p{L}\p{M}])([\p{L}\p{M}\p{N}_]{1,100})(?![\p{L}\p{M}\p{N}_])/gu;

/** The different hashtags of a caption, in lower case, without the #. */
export const hashtagsOf = (caption: string): Set<string> =>
  new Set([...caption.matchAll(HASHTAG)].map(([, tag]) => foldTag(tag!)));

/** The form in which hashtags are stored and compared. */
export const foldTag = (tag: string): string => tag.toLowerCase().normalize('NFC');
