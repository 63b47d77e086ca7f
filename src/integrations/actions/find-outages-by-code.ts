import { type Action, needSlot } from './action.ts';
import { tellOutages } from './tell-outages.ts';

/** Published outages of a customer. The schedule is public; nothing of the customer's own record is told. */
export const findOutagesByCode: Action = async (slots, { now }, { customers, outages }) => {
  const customer = await customers.customer(needSlot(slots, 'customer_code'));
  return customer === undefined
    ? { outcome: 'unknown_code' }
    : tellOutages((window) => outages.forCustomer(customer, window), { date: slots['date'], now });
};
