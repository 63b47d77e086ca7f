import { ERASURE_PREFIX } from '../../bot/erasure-turn.ts';
import { type Action, needSlot } from './action.ts';

/** Asks that this conversation be erased. Whoever writes in it may ask so. */
export const eraseConversation: Action = async (_slots, { now }, { ids }) => {
  const number = ids.ticketNumber(ERASURE_PREFIX, now);
  return { outcome: 'asked', slots: { erasure_number: number }, effects: [{ kind: 'erase_data', number }] };
};

/** Asks that everything about a customer be erased. */
export const eraseCustomer: Action = async (slots, { now }, { ids }) => {
  const number = ids.ticketNumber(ERASURE_PREFIX, now);
  const customerCode = needSlot(slots, 'customer_code');
  return {
    outcome: 'asked',
    slots: { erasure_number: number },
    effects: [{ kind: 'erase_data', number, customerCode }],
  };
};
