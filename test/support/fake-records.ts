import type { CustomerRecords, OutageRecords, TicketStore } from '../../src/bot/ports.ts';
import type { Bill, Customer, Outage, Ticket } from '../../src/bot/records.ts';
import type { TicketChange } from '../../src/bot/ticket-history.ts';
import { refusalOfChange, withChanges } from '../../src/bot/ticket-history.ts';

/** Customers, bills, outages and tickets in memory. */
export function createFakeRecords(data: {
  readonly customers?: readonly Customer[];
  readonly bills?: readonly Bill[];
  readonly outages?: readonly Outage[];
  readonly tickets?: readonly Ticket[];
}): { readonly customers: CustomerRecords; readonly outages: OutageRecords; readonly tickets: TicketStore } {
  const { customers = [], bills = [], outages = [], tickets: opened = [] } = data;
  const changes = new Map<string, readonly TicketChange[]>();
  const changesOf = (number: string) => changes.get(number) ?? [];
  const tickets = () => opened.map((ticket) => withChanges(ticket, changesOf(ticket.number)));
  return {
    customers: {
      customer: async (code) => customers.find((customer) => customer.code === code),
      customersByPhone: async (phone) => customers.filter((customer) => customer.phone === phone),
      bills: async (code, { limit }) =>
        bills
          .filter((bill) => bill.customerCode === code)
          .sort((a, b) => (a.month < b.month ? 1 : -1))
          .slice(0, limit),
      payments: async () => [],
    },
    outages: {
      forCustomer: async (customer, { from, to }) =>
        outages.filter((one) => one.unit === customer.unit && one.from < to && (one.to ?? to) > from),
      forPlace: async () => [],
      forUnit: async (code, { from, to }) =>
        outages.filter((one) => one.unit.startsWith(code) && one.from < to && (one.to ?? to) > from),
      planned: async () => [],
    },
    tickets: {
      open: async () => 'opened',
      correct: async () => {},
      ticket: async (number) => tickets().find((ticket) => ticket.number === number),
      async change(number, change, seen) {
        const ticket = opened.find((one) => one.number === number);
        const refusal = ticket && refusalOfChange(ticket, changesOf(number), { key: change.key, seen });
        if (ticket !== undefined && refusal === undefined) {
          changes.set(number, [...changesOf(number), change]);
        }
        return ticket === undefined ? 'not_found' : (refusal ?? 'changed');
      },
      tickets: async ({ conversationId, customerCode, limit }) =>
        tickets()
          .filter(
            (ticket) =>
              (conversationId !== undefined && ticket.conversationId === conversationId) ||
              (customerCode !== undefined && ticket.customerCode === customerCode),
          )
          .slice(0, limit),
    },
  };
}
