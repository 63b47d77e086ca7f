import type { CreateAction } from './action.ts';

const HOUR_MS = 3_600_000;
const MOST_PER_HOUR = 3;
const MOST_PER_DAY = 5;

/**
 * Asks for an SMS with a one-time code to the registered phone. For a code without customer or without phone it does
 * and answers the same, and no SMS is sent: the answer must not tell who is a customer.
 */
export const createSendOtp: CreateAction = ({ customers, slots: counter, codes, ids }) => {
  return async ({ customer_code = '' }, { eventKey, now }) => {
    const customer = await customers.customer(customer_code);
    const phone = customer?.phone;
    const receiver = phone ?? customer_code;
    const isFree = async (span: 'hour' | 'day', limit: number, ms: number) =>
      counter.take({ key: `otp-sms/${span}/${receiver}`, claim: eventKey, limit, expiresAt: now + ms });
    const mayNow = await isFree('hour', MOST_PER_HOUR, HOUR_MS);
    if (!mayNow || !(await isFree('day', MOST_PER_DAY, 24 * HOUR_MS))) {
      return { outcome: 'too_many' };
    }
    const challengeId = codes.challenge(ids.next(), now);
    return {
      outcome: 'sent',
      slots: { challenge_id: challengeId },
      ...(phone !== undefined && {
        effects: [{ kind: 'send_otp', customerCode: customer_code, challengeId, phone }],
      }),
    };
  };
};
