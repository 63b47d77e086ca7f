/** Web addresses that belong to no utility; a mail address and what everybody uses are none. */
const STRANGE =
  /(?<![@\p{L}\p{N}.-])(?!(?:www\.)?(?:gmail|yahoo|hotmail|outlook|icloud|facebook|google|youtube|zalo)\.)[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*\.(?:com|net|org|vip|shop|top|xyz|info|cc|club|online|site|app|me|io)(?![\p{L}\p{N}-]|\.\p{L})/iu;

/** Somebody names a site that may be anybody's: whether it is the utility's is what has to be said first. */
export function namesStrangeAddress(utterance: string): boolean {
  return STRANGE.test(utterance);
}
