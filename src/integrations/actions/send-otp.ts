import { type Action, needSlot } from './action.ts';
import { takeAsking, takeSms } from './verification-limits.ts';

/**
 * Begins a verification. What is said goes by the customer code alone: for an unknown code, a contract without a phone
 * and a phone that has had its SMS of the hour (by another code, it may be) it does and says the same, but for the SMS
 * itself. Nobody learns here who is a customer, nor which codes share a phone. A code that is under way for the same is
 * waited for: no second one is sent until it is asked for.
 */
export const sendOtp: Action = async (slots, context, { customers, slots: counter, codes, ids }) => {
  const customerCode = needSlot(slots, 'customer_code');
  const { phone } = (await customers.customer(customerCode)) ?? {};
  const subject = [context.conversationId, customerCode, phone ?? ''];
  const { open_challenge: open } = slots;
  if (open !== undefined && codes.isOpen(open, { subject, now: context.now })) {
    return { outcome: 'still_open', slots: { challenge_id: open } };
  }
  const act = { slots: counter, claim: context.eventKey, now: context.now };
  if (!(await takeAsking({ ...act, of: codes.fingerprint(customerCode) }))) {
    return { outcome: 'too_many' };
  }
  // Counted where there is no phone, too, so that it takes as long.
  const isAllowed = await takeSms({ ...act, of: codes.fingerprint(phone ?? customerCode) });
  const challengeId = codes.begin({ subject, now: context.now, random: ids.next() });
  return {
    outcome: 'sent',
    slots: { challenge_id: challengeId },
    effects: phone === undefined || !isAllowed ? [] : [{ kind: 'send_otp', customerCode, challengeId, phone }],
  };
};
