import type { ConversationId } from '../../../bot/message.ts';

const DIGITS = 10;
const HIGHEST = 10 ** DIGITS - 1;

/** `<conversation>/<number>`, padded so that keys of one conversation lie in the order of their numbers. */
export function numberedKey(conversationId: ConversationId, number: number): string {
  return `${conversationId}/${String(number).padStart(DIGITS, '0')}`;
}

/** Selects what is numbered within one conversation, above `after` and up to `last`, along the key. */
export function numberedOf(conversationId: ConversationId, after = 0, last = HIGHEST) {
  return {
    _id: { $gt: numberedKey(conversationId, after), $lte: numberedKey(conversationId, last) },
    // A longer conversation id may begin with `<this one>/…`, and then its keys lie in the same range.
    conversationId,
  };
}

/** Selects what belongs to none of these conversations, by keys that begin with `<conversation>/`. */
export function keyedOfNone(conversations: readonly ConversationId[]): { readonly $nor?: object[] } {
  // "0" comes right after "/".
  const ranges = conversations.map((id) => ({ _id: { $gt: `${id}/`, $lt: `${id}0` } }));
  return ranges.length === 0 ? {} : { $nor: ranges };
}
