import type { Slots } from '../../dialogs/run-action.ts';
import type { CreateAction } from './action.ts';
import { givenSlots } from './given-slots.ts';

const NUMBER_PREFIX = 'SC';

/** Draws the number that the customer is told; the ticket itself is opened after the commit. */
export const createOpenOutageTicket: CreateAction = ({ ids }) => {
  return async (slots, { now }) => {
    const number = ids.ticketNumber(NUMBER_PREFIX, now);
    const { priority_reason } = slots;
    const ticket = {
      number,
      kind: 'outage' as const,
      // A breathing machine, a clinic, livestock: the crew sees it first.
      priority: priority_reason === undefined ? ('normal' as const) : ('high' as const),
      summary: `Báo mất điện${whereText(slots)}`,
      ...givenSlots(slots, { customerCode: 'customer_code', place: 'place', phone: 'phone' }),
      details: givenSlots(slots, { since: 'since', priorityReason: 'priority_reason' }),
    };
    return { outcome: 'opened', slots: { ticket_number: number }, effects: [{ kind: 'open_ticket', ticket }] };
  };
};

function whereText({ place, customer_code }: Slots): string {
  if (place !== undefined) {
    return `: ${place}`;
  }
  return customer_code === undefined ? '' : ` theo mã khách hàng ${customer_code}`;
}
