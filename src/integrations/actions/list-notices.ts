import type { NoticeRules } from '../../bot/notices/notice-rules.ts';
import type { Subscription } from '../../bot/notices/subscription.ts';
import type { Action } from './action.ts';
import { labelOf } from './find-notice.ts';

/** What is told in this conversation. */
export const listNotices: Action = async (_slots, { conversationId }, { subscriptions, noticeRules }) => {
  const own = await subscriptions.of(conversationId);
  return own.length === 0
    ? { outcome: 'none' }
    : { outcome: 'found', slots: { notice_list: listWords(own, noticeRules) } };
};

/** `lịch cúp điện (mã có đuôi 234, 567), hóa đơn hằng tháng (mã có đuôi 234)`: a screen may be looked at by others. */
export function listWords(subscriptions: readonly Subscription[], rules: NoticeRules): string {
  const topics = [...new Set(subscriptions.map(({ topic }) => topic))];
  return topics
    .map((topic) => {
      const codes = subscriptions.filter((each) => each.topic === topic).map(({ customerCode }) => customerCode);
      return `${labelOf(rules.label(topic))} (mã có đuôi ${tailWords(codes)})`;
    })
    .join(', ');
}

const SHOWN_SIGNS = 3;
/** Who looks after more contracts knows them; the sentence is to be read. */
const MOST_CODES = 5;

function tailWords(codes: readonly string[]): string {
  const tails = codes.slice(0, MOST_CODES).map((code) => code.slice(-SHOWN_SIGNS));
  const more = codes.length - tails.length;
  return `${tails.join(', ')}${more > 0 ? ` và ${more} mã khác` : ''}`;
}
