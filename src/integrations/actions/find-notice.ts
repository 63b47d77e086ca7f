import { SUBSCRIBED_TOPICS, type SubscribedTopic } from '../../dialogs/subscribed-topic.ts';
import { type Action, needSlot } from './action.ts';

/** More than anybody has contracts and wishes; a conversation is no mailing list. */
const MOST_SUBSCRIPTIONS = 30;

/** What the customer would agree to. Whether there is such a contract is not told. */
export const findNotice: Action = async (slots, { conversationId }, { subscriptions, noticeRules }) => {
  const topic = topicOf(needSlot(slots, 'notice_topic'));
  const customerCode = needSlot(slots, 'customer_code');
  const own = await subscriptions.of(conversationId);
  if (own.some((each) => each.topic === topic && each.customerCode === customerCode)) {
    return { outcome: 'already', slots: { notice_label: labelOf(noticeRules.label(topic)) } };
  }
  if (own.length >= MOST_SUBSCRIPTIONS) {
    return { outcome: 'too_many' };
  }
  const { isPersonal, consent } = noticeRules.offer(topic);
  return { outcome: isPersonal ? 'personal' : 'open', slots: { notice_consent: consent } };
};

/** Throws when a dialog has filled the slot with something else. */
export function topicOf(text: string): SubscribedTopic {
  const topic = SUBSCRIBED_TOPICS.find((each) => each === text);
  if (topic === undefined) {
    throw new Error(
      `Nobody can subscribe to "${text}": a dialog sets notice_topic to one of ${SUBSCRIBED_TOPICS.join(', ')}.`,
    );
  }
  return topic;
}

/** In the middle of a sentence. */
export function labelOf(label: string): string {
  return label.charAt(0).toLowerCase() + label.slice(1);
}
