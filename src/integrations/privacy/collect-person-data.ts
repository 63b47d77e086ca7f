import type { Account, AccountRecords } from '../../bot/accounts/account.ts';
import type { ConversationId } from '../../bot/message.ts';
import type { Clock, ConversationStore, CustomerRecords, MediaStore, OptOuts, TicketStore } from '../../bot/ports.ts';
import type { Bill, Customer, Payment, Ticket } from '../../bot/records.ts';
import { plainTextOf } from '../../bot/summary.ts';
import type { DataSubject } from './export-links.ts';
import type { Retention } from './load-retention.ts';
import { allTurns, type OwnConversationDeps, ownConversations } from './own-conversations.ts';

export interface CollectDeps extends OwnConversationDeps {
  readonly conversations: Pick<ConversationStore, 'turns'>;
  readonly customers: CustomerRecords;
  readonly tickets: Pick<TicketStore, 'tickets'>;
  readonly accounts: Pick<AccountRecords, 'accountsWith'>;
  readonly media: Pick<MediaStore, 'records'>;
  readonly optOuts: Pick<OptOuts, 'has'>;
  readonly retention: Pick<Retention, 'classes' | 'basisOf'>;
  readonly clock: Clock;
}

/** Everything that is kept about somebody. Times are ISO, UTC. */
export interface PersonData {
  readonly madeAt: string;
  readonly customer?: Customer;
  readonly bills: readonly Bill[];
  readonly payments: readonly Payment[];
  readonly tickets: readonly Ticket[];
  /** Organisations that have this contract among their sites, with this site only, and who is told on their behalf. */
  readonly accounts: readonly Account[];
  readonly conversations: readonly ConversationData[];
  /** What is kept, for how long and why. */
  readonly kept: readonly {
    readonly name: string;
    readonly holds: string;
    readonly keep: string;
    readonly why: string;
    readonly basis: string;
  }[];
}

export interface ConversationData {
  readonly id: ConversationId;
  readonly wantsNoNotices: boolean;
  readonly messages: readonly { readonly at: string; readonly author: string; readonly text: string }[];
  readonly notes: readonly { readonly at: string; readonly text: string }[];
  readonly files: readonly { readonly message: number; readonly at: string; readonly state: string }[];
  readonly ratings: readonly { readonly at: string; readonly score: number }[];
}

const MOST = 10_000;
const isoOf = (at: number) => new Date(at).toISOString();

/** Gathers what the stores hold about a customer, or about who writes in a conversation. */
export async function collectPersonData(deps: CollectDeps, subject: DataSubject): Promise<PersonData> {
  const code = 'customerCode' in subject ? subject.customerCode : undefined;
  const customer = code === undefined ? undefined : await deps.customers.customer(code);
  const ids = await ownConversations(deps, subject, customer);
  const tickets = await ticketsOf(deps, ids, code);
  return {
    madeAt: isoOf(deps.clock.now()),
    ...(customer !== undefined && { customer }),
    bills: code === undefined ? [] : await deps.customers.bills(code, { limit: MOST }),
    payments: code === undefined ? [] : await deps.customers.payments(code, MOST),
    tickets,
    accounts: code === undefined ? [] : await accountsOf(deps, code),
    conversations: await Promise.all(ids.map((id) => conversationData(deps, id))),
    kept: deps.retention.classes.map((each) => ({
      ...{ name: each.name, holds: each.holds, why: each.why, basis: deps.retention.basisOf(each) },
      keep: 'days' in each.keep ? `${each.keep.days} ngày` : each.keep.until,
    })),
  };
}

async function accountsOf({ accounts }: CollectDeps, customerCode: string): Promise<readonly Account[]> {
  const found = await accounts.accountsWith(customerCode);
  return found.map((one) => ({ ...one, sites: one.sites.filter(({ code }) => code === customerCode) }));
}

async function ticketsOf(
  { tickets }: CollectDeps,
  ids: readonly ConversationId[],
  customerCode: string | undefined,
): Promise<readonly Ticket[]> {
  const found = await Promise.all([
    ...ids.map((conversationId) => tickets.tickets({ conversationId, limit: MOST })),
    ...(customerCode === undefined ? [] : [tickets.tickets({ customerCode, limit: MOST })]),
  ]);
  return [...new Map(found.flat().map((ticket) => [ticket.number, ticket])).values()];
}

async function conversationData(deps: CollectDeps, id: ConversationId): Promise<ConversationData> {
  const turns = await allTurns(deps.conversations, id);
  const ratings = turns.flatMap(({ at, rating }) =>
    rating === undefined ? [] : [{ at: isoOf(at), score: rating.score }],
  );
  return {
    id,
    wantsNoNotices: await deps.optOuts.has(id),
    messages: turns.flatMap(({ messages }) =>
      messages.map((message) => ({ at: isoOf(message.at), author: message.author, text: plainTextOf(message) })),
    ),
    notes: turns.flatMap(({ at, note }) => (note === undefined ? [] : [{ at: isoOf(at), text: note.text }])),
    files: (await deps.media.records(id)).map(({ seq, at, state }) => ({ message: seq, at: isoOf(at), state })),
    ratings,
  };
}
