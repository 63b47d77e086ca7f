import type { Customer } from '../../bot/records.ts';
import type { Identity } from '../../dialogs/identity.ts';
import type { ActionContext, ActionResult } from '../../dialogs/run-action.ts';
import { type Action, needSlot } from './action.ts';
import { type CountedAct, isLockedForToday, takeFailure, takeTry } from './verification-limits.ts';

const VERIFIED_FOR_MS = 15 * 60_000;

/**
 * Compares the code that the customer typed. Tries are taken before the comparison, so that messages in parallel get
 * no more of them, and are taken for unknown customer codes too.
 */
export const checkOtp: Action = async (slots, context, deps) => {
  const { codes } = deps;
  const customerCode = needSlot(slots, 'customer_code');
  const challengeId = needSlot(slots, 'challenge_id');
  const customer = await deps.customers.customer(customerCode);
  const subject = [context.conversationId, customerCode, customer?.phone ?? ''];
  // A challenge of another customer code, or of the phone before this one, is worth nothing here.
  if (!codes.isOpen(challengeId, { subject, now: context.now })) {
    return { outcome: 'expired' };
  }
  const counted = { slots: deps.slots, claim: context.eventKey, now: context.now };
  const triesLeft = await takeTry({ ...counted, of: codes.fingerprint(challengeId) });
  if (triesLeft === undefined) {
    return { outcome: 'locked' };
  }
  const isRight = codes.matches(challengeId, needSlot(slots, 'otp'));
  const failure = { ...counted, of: codes.fingerprint(customerCode) };
  return isRight && customer?.phone !== undefined
    ? verified([customer, ...(await deps.customers.customersByPhone(customer.phone))], failure, context)
    : wrong(triesLeft, failure);
};

async function verified(
  contracts: readonly Customer[],
  failure: CountedAct,
  { now }: ActionContext,
): Promise<ActionResult> {
  if (await isLockedForToday(failure)) {
    return { outcome: 'locked' };
  }
  const identity: Identity = { level: 'verified', validUntil: now + VERIFIED_FOR_MS };
  return { outcome: 'verified', identities: Object.fromEntries(contracts.map(({ code }) => [code, identity])) };
}

async function wrong(triesLeft: number, failure: CountedAct): Promise<ActionResult> {
  const failuresLeft = await takeFailure(failure);
  const left = failuresLeft === undefined ? 0 : Math.min(triesLeft, failuresLeft);
  return left === 0 ? { outcome: 'locked' } : { outcome: 'wrong', slots: { tries_left: String(left) } };
}
