import type { ConversationState } from '../../bot/conversation.ts';
import type { ConversationId } from '../../bot/message.ts';
import type { Clock, CustomerRecords, OutageRecords, TicketStore } from '../../bot/ports.ts';
import type { KnownIdentity } from './desk-api/conversation.ts';
import type { CustomerPanel, SidePanelAnswer } from './desk-api/customer.ts';
import { toTicketWithHistory } from './desk-ticket.ts';
import { emailGiven } from './email-given.ts';
import { maskCustomer } from './mask.ts';
import { knownIdentities } from './read-conversation.ts';

interface PanelDeps {
  readonly customers: CustomerRecords;
  readonly outages: OutageRecords;
  readonly tickets: TicketStore;
  readonly clock: Clock;
}

const CODES_SHOWN = 5;
const BILLS_SHOWN = 13;
const TICKETS_SHOWN = 10;
const DAY_MS = 86_400_000;

/** What stands beside a conversation: the records of the codes it knows, and nobody else's. */
export async function readSidePanel(
  deps: PanelDeps,
  conversationId: ConversationId,
  state: ConversationState,
): Promise<SidePanelAnswer> {
  const now = deps.clock.now();
  const known = knownIdentities(state, now).slice(0, CODES_SHOWN);
  const [customers, tickets] = await Promise.all([
    Promise.all(known.map((identity) => readCustomer(deps, { ...identity, email: emailGiven(state) }, now))),
    readTickets(deps, conversationId, known),
  ]);
  return { now, customers, tickets };
}

async function readCustomer(
  { customers, outages }: PanelDeps,
  { customerCode, level, email }: KnownIdentity & { readonly email: string | undefined },
  now: number,
): Promise<CustomerPanel> {
  const customer = await customers.customer(customerCode);
  if (customer === undefined) {
    return { customerCode, level, bills: [], outages: [] };
  }
  const [bills, near] = await Promise.all([
    customers.bills(customerCode, { limit: BILLS_SHOWN }),
    outages.forCustomer(customer, { from: now - DAY_MS, to: now + 7 * DAY_MS }),
  ]);
  return {
    customerCode,
    level,
    customer: maskCustomer({ ...customer, ...(email !== undefined && { email }) }, level),
    bills: bills.map(({ id, month, period, from, to, kwh, total, due, paidAt, version }) => ({
      ...{ id, month, period, from, to, kwh, total, due, version },
      ...(paidAt !== undefined && { paidAt }),
    })),
    outages: near.map(({ id, kind, state, area, from, to, reason }) => ({
      ...{ id, kind, state, area, from },
      ...(to !== undefined && { to }),
      ...(reason !== undefined && { reason }),
    })),
  };
}

async function readTickets(
  { tickets }: PanelDeps,
  conversationId: ConversationId,
  known: readonly KnownIdentity[],
): Promise<SidePanelAnswer['tickets']> {
  const found = await Promise.all([
    tickets.tickets({ conversationId, limit: TICKETS_SHOWN }),
    ...known.map(({ customerCode }) => tickets.tickets({ customerCode, limit: TICKETS_SHOWN })),
  ]);
  const byNumber = new Map(found.flat().map((ticket) => [ticket.number, ticket]));
  return [...byNumber.values()]
    .sort((a, b) => b.createdAt - a.createdAt)
    .slice(0, TICKETS_SHOWN)
    .map(toTicketWithHistory);
}
