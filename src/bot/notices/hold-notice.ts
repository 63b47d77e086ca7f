import type { TrackedMessage } from '../message.ts';
import type { AttemptOutcome, Clock, ConversationViews } from '../ports.ts';
import { isByNotice, keyOfAuthor, NOTICE_TOPICS, type NoticeRecord, PARTLY_SENT, putOffOfAuthor } from './notice.ts';
import type { NoticeLedger } from './notice-ledger.ts';
import type { NoticeRules } from './notice-rules.ts';

export interface HoldNoticeDeps {
  readonly ledger: Pick<NoticeLedger, 'find' | 'putOff'>;
  readonly views: Pick<ConversationViews, 'messages'>;
  readonly rules: Pick<NoticeRules, 'quietUntil'>;
  readonly clock: Clock;
}

/** Looks at a notice once more when it is about to be sent: it may have waited for its channel since it was given. */
export interface HoldNotice {
  /** Whether it must not go out now. Changes nothing. */
  isHeld(message: TrackedMessage): Promise<boolean>;
  /** What becomes of the message instead of being sent; `undefined`: it may go. `attempt`: its number, from 1. */
  hold(message: TrackedMessage, attempt: number): Promise<AttemptOutcome | undefined>;
  /**
   * What becomes of a notice that its channel takes only at `until`, UTC ms, for that reason, so that nothing waits behind
   * it; `undefined`: it waits in its place.
   */
  giveWay(message: TrackedMessage, until: number, reason: string): Promise<AttemptOutcome | undefined>;
}

/** Why a message is withdrawn whose notice is told in a later turn. */
export const PUT_OFF = 'quiet_hours';

const LONG_WAIT_MS = 60_000;
const MOST_PARTS = 20;

/**
 * In quiet hours a notice is taken out of its conversation and waits in the ledger for the morning, so that the answers of
 * the bot do not wait behind it. It is given again under another author's id, by which what is left of the first is known.
 */
export function createHoldNotice({ ledger, views, rules, clock }: HoldNoticeDeps): HoldNotice {
  const isNight = (now: number) => NOTICE_TOPICS.some((topic) => rules.quietUntil(topic, now, false) !== undefined);

  /** What has not been sent of the notice from this message on. */
  async function restOf({ conversationId, seq, authorId }: TrackedMessage) {
    const messages = await views.messages(conversationId, seq - 1, MOST_PARTS);
    return messages
      .filter((one) => one.authorId === authorId && (one.delivery === 'queued' || one.delivery === 'sending'))
      .flatMap(({ reply }) => (reply === undefined ? [] : [reply]));
  }

  /** Takes it out of its conversation until then. */
  async function putOff(
    message: TrackedMessage,
    record: NoticeRecord,
    until: number,
  ): Promise<AttemptOutcome | undefined> {
    const { expiresAt, putOff: times = 0 } = record;
    if (expiresAt !== undefined && until > expiresAt) {
      return { state: 'withdrawn', reason: 'expired' };
    }
    const next = { ...record, putOff: times + 1, replies: await restOf(message) };
    // Put off before the message is withdrawn: a crash in between finds the notice in the ledger.
    const isPutOff = await ledger.putOff(next, until);
    return isPutOff ? { state: 'withdrawn', reason: PUT_OFF } : undefined;
  }

  return {
    async isHeld({ authorId }) {
      const now = clock.now();
      const record = isByNotice(authorId) && isNight(now) ? await ledger.find(keyOfAuthor(authorId)) : undefined;
      return record !== undefined && rules.quietUntil(record.topic, now, record.askedAt !== undefined) !== undefined;
    },
    async hold(message, attempt) {
      const { authorId, at, failure } = message;
      const now = clock.now();
      const hasWaited = attempt > 1 || now - at > LONG_WAIT_MS;
      // The customer may have what a process was sending when it died: sent again it shows once, told anew twice.
      const hasBegun = failure === 'interrupted' || failure === PARTLY_SENT;
      if (!isByNotice(authorId) || hasBegun || !(hasWaited || isNight(now))) {
        return undefined;
      }
      const record = await ledger.find(keyOfAuthor(authorId));
      if (record === undefined) {
        return undefined;
      }
      const { topic, askedAt, expiresAt, putOff: times = 0 } = record;
      if (times !== putOffOfAuthor(authorId)) {
        return { state: 'withdrawn', reason: PUT_OFF };
      }
      const until = rules.quietUntil(topic, now, askedAt !== undefined);
      if (expiresAt !== undefined && (until ?? now) > expiresAt) {
        return { state: 'withdrawn', reason: 'expired' };
      }
      return until === undefined ? undefined : putOff(message, record, until);
    },
    async giveWay(message, until, reason) {
      const { authorId } = message;
      if (!isByNotice(authorId)) {
        return undefined;
      }
      const record = await ledger.find(keyOfAuthor(authorId));
      if (record === undefined || (record.putOff ?? 0) !== putOffOfAuthor(authorId)) {
        return undefined;
      }
      const { topic, askedAt, fallback } = record;
      const now = clock.now();
      const quietUntil = (at: number) => rules.quietUntil(topic, at, askedAt !== undefined);
      // What must not wait for the morning goes another way, where there is one.
      if (fallback !== undefined && isNight(now) && quietUntil(now) === undefined) {
        return { state: 'failed', reason };
      }
      return putOff(message, record, quietUntil(until) ?? until);
    },
  };
}
