import type { Identity } from '../../dialogs/identity.ts';
import type { CreateAction } from './action.ts';
import { CODE_LIFE_MS } from './one-time-code.ts';

const MOST_TRIES = 3;
const MOST_FAILURES_A_DAY = 10;
const DAY_MS = 24 * 3_600_000;
const VERIFIED_FOR_MS = 15 * 60_000;

/** Checks a one-time code: three tries a challenge, ten failures a day for a customer code in all conversations. */
export const createCheckOtp: CreateAction = ({ customers, slots: counter, codes }) => {
  return async ({ customer_code = '', challenge_id = '', otp = '' }, { eventKey, now }) => {
    if (codes.isExpired(challenge_id, now)) {
      return { outcome: 'expired' };
    }
    const failures = `otp-failure/${customer_code}`;
    const tries = `otp-try/${challenge_id}`;
    // A turn that runs again has its failure already: taking it twice is one.
    const isLocked = (await counter.count(failures)) >= MOST_FAILURES_A_DAY;
    const mayTry = await counter.take({
      key: tries,
      claim: eventKey,
      limit: MOST_TRIES,
      expiresAt: now + CODE_LIFE_MS,
    });
    if (isLocked || !mayTry) {
      return { outcome: 'locked' };
    }
    const customer = await customers.customer(customer_code);
    const isRight = codes.isRight(challenge_id, customer_code, otp.replace(/\s/g, ''));
    if (isRight && customer?.phone !== undefined) {
      const contracts = await customers.customersByPhone(customer.phone);
      const identity: Identity = { level: 'verified', validUntil: now + VERIFIED_FOR_MS };
      return { outcome: 'verified', identities: Object.fromEntries(contracts.map(({ code }) => [code, identity])) };
    }
    await counter.take({ key: failures, claim: eventKey, limit: MOST_FAILURES_A_DAY, expiresAt: now + DAY_MS });
    const triesLeft = MOST_TRIES - (await counter.count(tries));
    return triesLeft > 0 ? { outcome: 'wrong', slots: { tries_left: String(triesLeft) } } : { outcome: 'locked' };
  };
};
