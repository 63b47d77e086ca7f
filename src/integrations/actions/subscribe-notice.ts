import { levelOf } from '../../dialogs/identity.ts';
import { type Action, needSlot } from './action.ts';
import { labelOf, topicOf } from './find-notice.ts';

/** The customer has agreed to the words he was shown. */
export const subscribeNotice: Action = async (slots, { identities, now }, { noticeRules }) => {
  const topic = topicOf(needSlot(slots, 'notice_topic'));
  const customerCode = needSlot(slots, 'customer_code');
  const isVerified = levelOf(identities, customerCode, now) === 'verified';
  if (noticeRules.offer(topic).isPersonal && !isVerified) {
    throw new Error(`A dialog subscribes to "${topic}" without verification: use subscribe_personal_notice.`);
  }
  return {
    outcome: 'subscribed',
    slots: { notice_label: labelOf(noticeRules.label(topic)) },
    effects: [
      { kind: 'subscribe', wish: { topic, customerCode }, isVerified, words: needSlot(slots, 'notice_consent') },
    ],
  };
};
