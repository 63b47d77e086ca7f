/** Longer words nobody reads in a chat. */
const MOST_WORDS = 120;

const RULES: readonly { readonly finds: RegExp; readonly wrong: string; readonly mend: string }[] = [
  {
    finds: /(?<!\p{L})(?:tôi|mình|em|bot) (?:không|chưa|ko|k) hiểu(?!\p{L})/iu,
    wrong: 'the bot says that it does not understand',
    mend: 'Say what the customer can do instead, for example which words to send.',
  },
  {
    finds: /(?<!\p{L})(?:nhà|phòng|nơi|gia đình|quê|khu) mình(?!\p{L})/iu,
    wrong: '"mình" is the customer here, and becomes "em" or "cháu" when the bot is called so',
    mend: 'Write "anh/chị" for the customer; "mình" is the bot.',
  },
];

/** What is wrong with the tone of words for customers: a reason and how to mend it, one each. */
export function toneTroubles(words: string): readonly { readonly wrong: string; readonly mend: string }[] {
  const length = words.split(/\s+/).filter(Boolean).length;
  const isLong = length > MOST_WORDS;
  return [
    ...RULES.filter(({ finds }) => finds.test(words)),
    ...(isLong ? [{ wrong: `its text has ${length} words`, mend: `Shorten it to ${MOST_WORDS}.` }] : []),
  ];
}
