import { type Action, needSlot } from './action.ts';
import { tellOutages } from './tell-outages.ts';

/**
 * Published outages of a customer. The schedule is public; nothing of the customer's own record is told. A code that
 * nobody has gets the answer of one without an outage: whether there is such a customer is not told either.
 */
export const findOutagesByCode: Action = async (slots, { now }, { customers, outages }) => {
  const customer = await customers.customer(needSlot(slots, 'customer_code'));
  return tellOutages(async (window) => (customer === undefined ? [] : outages.forCustomer(customer, window)), {
    slots,
    now,
  });
};
