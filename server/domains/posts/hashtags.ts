export const MAX_HASHTAGS = 30;
export const MAX_HASHTAG_LENGTH = 100;

/**
 * A word of letters, digits and underscores after a # that nothing is stuck to; digits alone are a number, and what is longer
 * than any word is no tag.
 */
const HASHTAG =
  /(?<![\p{L}\p{M}\p{N}_&#/])#(?=[\p{N}_]*[\p{L}\p{M}])([\p{L}\p{M}\p{N}_]{1,100})(?![\p{L}\p{M}\p{N}_])/gu;

/** The different hashtags of a caption, in lower case, without the #. */
export const hashtagsOf = (caption: string): Set<string> =>
  new Set([...caption.matchAll(HASHTAG)].map(([, tag]) => foldTag(tag!)));

/** As tags are kept and compared. */
export const foldTag = (tag: string): string => tag.toLowerCase().normalize('NFC');
