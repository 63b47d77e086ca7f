import { LONG_VALUES } from '../../src/dialogs/authoring/long-values.ts';
import { type Reply, toPlainText } from '../../src/dialogs/reply.ts';
import type { Slots } from '../../src/dialogs/run-action.ts';

const MOST_WORDS = 120;
const FEWEST_LIST_LINES = 3;

/** Replies with more words than anybody reads in a chat. Cards, charts and texts of several lines are lists. */
export function tooLong(replies: readonly Reply[]): readonly string[] {
  return replies
    .filter((reply) => reply.kind !== 'card' && reply.kind !== 'chart')
    .map((reply) => ('text' in reply ? (reply.text ?? '') : toPlainText(reply)))
    .filter((text) => text.split('\n').filter(Boolean).length < FEWEST_LIST_LINES)
    .filter((text) => wordsIn(text) > MOST_WORDS);
}

/** Values with more words than those with which the bot's words are counted. Answers are counted in their own files. */
export function longerThanCounted(slots: Slots): readonly string[] {
  const known = Object.entries(slots).filter(([name]) => LONG_VALUES[name] !== undefined && name !== 'answer_text');
  return known
    .filter(([name, value = '']) => wordsIn(value) > wordsIn(LONG_VALUES[name] ?? ''))
    .map(([name, value]) => `${name}: ${value}`);
}

function wordsIn(text: string): number {
  return text.split(/\s+/).filter(Boolean).length;
}
