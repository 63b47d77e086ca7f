import { type Reply, toPlainText } from '../../src/dialogs/reply.ts';

const MOST_WORDS = 120;
const FEWEST_LIST_LINES = 3;

/** Replies with more words than anybody reads in a chat. Cards, charts and texts of several lines are lists. */
export function tooLong(replies: readonly Reply[]): readonly string[] {
  return replies
    .filter((reply) => reply.kind !== 'card' && reply.kind !== 'chart')
    .map((reply) => ('text' in reply ? (reply.text ?? '') : toPlainText(reply)))
    .filter((text) => text.split('\n').filter(Boolean).length < FEWEST_LIST_LINES)
    .filter((text) => text.split(/\s+/).length > MOST_WORDS);
}
