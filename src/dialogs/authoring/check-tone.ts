import { PLACEHOLDER } from '../render-words.ts';
import { LONG_VALUES } from './long-values.ts';

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
  const length = wordsIn(withLongValues(words));
  const isLong = length > MOST_WORDS;
  return [
    ...RULES.filter(({ finds }) => finds.test(words)),
    ...(isLong ? [{ wrong: `its text has up to ${length} words`, mend: `Shorten it to ${MOST_WORDS}.` }] : []),
  ];
}

/** The words with every blank filled with as much as may ever stand there. */
function withLongValues(words: string): string {
  return words.replace(PLACEHOLDER, (blank, name: string) => LONG_VALUES[name] ?? blank);
}

function wordsIn(text: string): number {
  return text.split(/\s+/).filter(Boolean).length;
}
