import type { CreateAction } from './action.ts';
import { scheduleResult } from './outage-cards.ts';
import { scheduleWindow } from './schedule-window.ts';

/** Planned outages and incidents for a customer code. Anyone may ask: the utility's own page shows them by code. */
export const createFindOutagesByCode: CreateAction = ({ customers, outages }) => {
  return async ({ customer_code = '', date }, { now }) => {
    const customer = await customers.customer(customer_code);
    if (customer === undefined) {
      return { outcome: 'unknown_code' };
    }
    const window = scheduleWindow(date, now);
    return scheduleResult(await outages.forCustomer(customer, window), window);
  };
};
