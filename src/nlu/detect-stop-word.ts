import { fold } from './normalize.ts';

/**
 * `bare`: nothing but the word that gateways and other services teach people ("STOP"); it can hardly mean anything else.
 * `ambiguous`: nothing but a word that breaks off whatever is going on, too ("HUY"). `plain`: says that no more messages
 * are wanted, in as many words.
 */
export type StopWord = 'bare' | 'ambiguous' | 'plain';

const BARE = /^(?:stop|unsubscribe|unsub)(?: (?:tin|all|het))?$/;
const AMBIGUOUS = /^(?:huy|tu choi|tc)$/;
const MESSAGES = '(?:tin|tin nhan|tin bao|thong bao)';
const PLAIN: readonly RegExp[] = [
  new RegExp(`\\b(?:ngung|dung|thoi|tat|bo|huy|khong|ko|k|tu choi)(?: muon)?(?: dang ky)? (?:nhan|gui) ${MESSAGES}\\b`),
  new RegExp(`\\b(?:stop|unsubscribe|huy dang ky) (?:(?:gui|nhan) )?${MESSAGES}\\b`),
  new RegExp(`\\bdung (?:gui|nhan) (?:${MESSAGES} )?(?:cho \\S+ )?nua\\b`),
];
/** A question about it, or a story in which it comes up. */
const ASKS = /\b(?:sao|the nao|lam gi|khi nao|bao gio|duoc khong|phai khong|neu|cach|hay chua|chua)\b/;
const MOST_WORDS = 9;

/** Whether a message asks that the service write no more by itself. Context decides what an ambiguous one means. */
export function detectStopWord(utterance: string): StopWord | undefined {
  const words = fold(utterance)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
  if (BARE.test(words)) {
    return 'bare';
  }
  if (AMBIGUOUS.test(words)) {
    return 'ambiguous';
  }
  const isPlain = words.split(' ').length <= MOST_WORDS && !ASKS.test(words) && PLAIN.some((one) => one.test(words));
  return isPlain ? 'plain' : undefined;
}
