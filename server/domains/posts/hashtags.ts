export const MAX_HASHTAGS = 30;

/** A word of letters, digits and underscores after a # that nothing is stuck to; digits alone are a number, not a tag. */
const HASHTAG = /(?<![\p{L}\p{M}\p{N}_&#/])#(?=[\p{N}_]*[\p{L}\p{M}])([\p{L}\p{M}\p{N}_]+)/gu;

/** The different hashtags of a caption, in lower case, without the #. */
export const hashtagsOf = (caption: string): Set<string> =>
  new Set([...caption.matchAll(HASHTAG)].map(([, tag]) => tag!.toLowerCase()));
