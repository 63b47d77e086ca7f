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

/** `lịch cúp điện (mã có đuôi 234), hóa đơn hằng tháng (mã có đuôi 234)`: a screen may be looked at by others. */
export function listWords(subscriptions: readonly Subscription[], rules: NoticeRules): string {
  return subscriptions
    .map(({ topic, customerCode }) => `${labelOf(rules.label(topic))} (mã có đuôi ${customerCode.slice(-SHOWN_SIGNS)})`)
    .join(', ');
}

const SHOWN_SIGNS = 3;
