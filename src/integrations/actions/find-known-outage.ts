import type { OutageRecords } from '../../bot/ports.ts';
import type { Customer, Outage } from '../../bot/records.ts';
import { isEnough, levelOf } from '../../dialogs/identity.ts';
import type { CreateAction } from './action.ts';
import { provenanceOf, sayOutage } from './outage-cards.ts';

/** Why it may be dark right now: a planned outage, an incident that is known, or an unpaid bill. */
export const createFindKnownOutage: CreateAction = ({ customers, outages, utility }) => {
  return async ({ customer_code, place }, { identities, now }) => {
    const customer = customer_code === undefined ? undefined : await customers.customer(customer_code);
    const isWholeProvince = place !== undefined && utility.provinceNames(place).length > 0;
    const [outage] = await outagesNow(outages, { customer, place: isWholeProvince ? undefined : place, now });
    if (outage !== undefined) {
      return { outcome: outage.kind, slots: { outage_text: sayOutage(outage) }, provenance: [provenanceOf(outage)] };
    }
    const mayKnow = isEnough(levelOf(identities, customer_code, now), 'verified');
    return { outcome: mayKnow && customer?.connection === 'disconnected_debt' ? 'disconnected_debt' : 'none' };
  };
};

interface Where {
  readonly customer: Customer | undefined;
  readonly place: string | undefined;
  readonly now: number;
}

async function outagesNow(outages: OutageRecords, { customer, place, now }: Where): Promise<readonly Outage[]> {
  const window = { from: now, to: now + 1 };
  if (customer !== undefined) {
    return outages.forCustomer(customer, window);
  }
  return place === undefined ? [] : outages.forPlace(place, window);
}
