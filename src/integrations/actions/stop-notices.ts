import type { Subscription } from '../../bot/notices/subscription.ts';
import type { EffectRequest } from '../../dialogs/run-action.ts';
import { type Action, needSlot } from './action.ts';
import { topicOf } from './find-notice.ts';
import { listWords } from './list-notices.ts';

/** Ends what is told of one topic in this conversation. */
export const stopNotice: Action = async (slots, { conversationId }, { subscriptions, noticeRules }) => {
  const topic = topicOf(needSlot(slots, 'notice_topic'));
  const own = (await subscriptions.of(conversationId)).filter((each) => each.topic === topic);
  return own.length === 0
    ? { outcome: 'none' }
    : { outcome: 'stopped', slots: { notice_list: listWords(own, noticeRules) }, effects: [ending(own, false)] };
};

/** The customer wants no notice of any kind: also who has subscribed to nothing may have got one. */
export const stopAllNotices: Action = async (_slots, { conversationId }, { subscriptions, noticeRules }) => {
  const own = await subscriptions.of(conversationId);
  const effects = [ending(own, true)];
  return own.length === 0
    ? { outcome: 'none', effects }
    : { outcome: 'stopped', slots: { notice_list: listWords(own, noticeRules) }, effects };
};

function ending(own: readonly Subscription[], everything: boolean): EffectRequest {
  return { kind: 'unsubscribe', wishes: own.map(({ topic, customerCode }) => ({ topic, customerCode })), everything };
}
