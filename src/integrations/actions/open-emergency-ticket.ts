import type { CreateAction } from './action.ts';
import { givenSlots } from './given-slots.ts';

const NUMBER_PREFIX = 'KC';

/** An urgent ticket from whatever is known: nothing is asked for first. */
export const createOpenEmergencyTicket: CreateAction = ({ ids }) => {
  return async (slots, { now }) => {
    const number = ids.ticketNumber(NUMBER_PREFIX, now);
    const parts = ['KHẨN CẤP', slots['danger'] ?? 'nguy hiểm về điện', slots['place']];
    const ticket = {
      number,
      kind: 'emergency' as const,
      priority: 'urgent' as const,
      summary: parts.filter((part) => part !== undefined).join(' – '),
      ...givenSlots(slots, { customerCode: 'customer_code', place: 'place', phone: 'phone' }),
      details: givenSlots(slots, { danger: 'danger', injured: 'injured' }),
    };
    return { outcome: 'opened', slots: { ticket_number: number }, effects: [{ kind: 'open_ticket', ticket }] };
  };
};
