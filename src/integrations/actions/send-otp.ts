import { type Action, needSlot } from './action.ts';
import { takeSms } from './verification-limits.ts';

/**
 * Begins a verification. For an unknown code and a contract without a phone it does and says the same, but for the
 * SMS itself: nobody learns here who is a customer.
 */
export const sendOtp: Action = async (slots, context, { customers, slots: counter, codes, ids }) => {
  const customerCode = needSlot(slots, 'customer_code');
  const { phone } = (await customers.customer(customerCode)) ?? {};
  const isAllowed = await takeSms({
    slots: counter,
    of: codes.fingerprint(phone ?? customerCode),
    claim: context.eventKey,
    now: context.now,
  });
  if (!isAllowed) {
    return { outcome: 'too_many' };
  }
  const subject = [context.conversationId, customerCode, phone ?? ''];
  const challengeId = codes.begin({ subject, now: context.now, random: ids.next() });
  return {
    outcome: 'sent',
    slots: { challenge_id: challengeId },
    effects: phone === undefined ? [] : [{ kind: 'send_otp', customerCode, challengeId, phone }],
  };
};
