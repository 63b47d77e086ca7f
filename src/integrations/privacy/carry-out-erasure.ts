import { coverMentions } from '../../bot/cover-mentions.ts';
import type { Erasure, Erasures, PersonRows } from '../../bot/erasures.ts';
import type { ConversationId, InboundEvent } from '../../bot/message.ts';
import type { ChainRedaction, TicketRedaction } from '../../bot/personal-data.ts';
import type { Clock, ConversationStore, CustomerRecords, MediaStore, SlotCounter } from '../../bot/ports.ts';
import type { Customer, Ticket } from '../../bot/records.ts';
import { redactTicket } from '../../bot/redact-ticket.ts';
import { redactTurn } from '../../bot/redact-turn.ts';
import type { Turn } from '../../bot/turn.ts';
import type { UtilityRecords } from '../storage/utility-records.ts';
import { hashOfCustomer } from './erased-customers.ts';
import { findHeld, type HeldDeps, isErasureHeld, isTicketHeld } from './held-conversations.ts';
import { createMentions } from './mentions-person.ts';
import { allTurns, type OwnConversationDeps, ownConversations } from './own-conversations.ts';

export interface ErasureDeps extends HeldDeps, OwnConversationDeps {
  readonly erasures: Erasures;
  readonly conversations: Pick<ConversationStore, 'turns' | 'isHandled' | 'projectPending'>;
  readonly redaction: ChainRedaction;
  readonly ticketRedaction: TicketRedaction;
  readonly media: Pick<MediaStore, 'records' | 'remove'>;
  readonly customers: Pick<CustomerRecords, 'customer'>;
  readonly people: PersonRows;
  readonly records: Pick<UtilityRecords, 'mark' | 'setMark'>;
  /** The bot's inbox: conversations are told by turns of their own. */
  readonly receive: (event: InboundEvent) => Promise<unknown>;
  /** So that of several nodes one works on an erasure. */
  readonly slots: Pick<SlotCounter, 'take'>;
  /** Names this node. */
  readonly nodeId: string;
  readonly clock: Clock;
}

const AT_ONCE = 100;
/** A node that has not gone on for so long is taken for gone. */
const CLAIMED_MS = 60_000;
const BY_REQUEST = { agentId: 'erasure', agentName: 'Theo yêu cầu xóa dữ liệu' };

/** Carries erasures out, round after round: what one round has done the next one finds done. */
export function createCarryOutErasures(deps: ErasureDeps): () => Promise<void> {
  const { erasures, clock } = deps;

  /** Saves what was done so far; returns it. */
  async function keep(erasure: Erasure, change: Partial<Erasure>): Promise<Erasure> {
    const changed = { ...erasure, ...change };
    await erasures.save(changed);
    return changed;
  }

  async function carryOut(asked: Erasure): Promise<void> {
    if (await isErasureHeld(deps, asked, clock.now())) {
      if (asked.state !== 'held') {
        await tellHeld(deps, asked);
        await keep(asked, { state: 'held' });
      }
      return;
    }
    const customer = asked.customerCode === undefined ? undefined : await deps.customers.customer(asked.customerCode);
    const conversations = asked.conversations ?? (await ownConversations(deps, asked, customer));
    let erasure = await keep(asked, { state: 'open', conversations });
    for (const id of conversations) {
      if (!(await forgetFrom(deps, erasure, id))) {
        // Its turn has not come yet: the next round goes on.
        return;
      }
    }
    for (const id of conversations) {
      const { turns, files } = await eraseConversation(deps, erasure, id);
      erasure = await keep(erasure, {
        erased: {
          ...erasure.erased,
          conversations: conversations.length,
          turns: erasure.erased.turns + turns,
          files: erasure.erased.files + files,
        },
      });
    }
    erasure = await eraseElsewhere(erasure, customer);
    await finish(erasure, customer);
  }

  /** What others have written of the customer, and the tickets. */
  async function eraseElsewhere(begun: Erasure, customer: Customer | undefined): Promise<Erasure> {
    const { customerCode } = begun;
    const mentions = createMentions([customerCode, customer?.phone]);
    const held = await findHeld(deps, clock.now());
    let erasure = begun;
    for (; customerCode !== undefined; ) {
      const { walked } = erasure;
      const turns = await deps.redaction.withWords({
        before: Number.MAX_SAFE_INTEGER,
        limit: AT_ONCE,
        ...(walked !== undefined && { after: walked }),
      });
      const found = turns.filter(
        (turn) => !held.conversations.has(turn.conversationId) && mentions(JSON.stringify(turn)),
      );
      await deps.redaction.replace(found.map((turn) => coverMentions(turn, mentions)));
      const last = turns.at(-1);
      if (last === undefined) {
        break;
      }
      const { at, conversationId, version } = last;
      erasure = await keep(erasure, {
        walked: { at, conversationId, version },
        erased: { ...erasure.erased, turns: erasure.erased.turns + found.length },
      });
    }
    const own = new Set(erasure.conversations);
    const isOwn = (ticket: Ticket) =>
      own.has(ticket.conversationId ?? '') ||
      ticket.customerCode === (customerCode ?? '-') ||
      mentions(JSON.stringify(ticket));
    const tickets = await eraseTickets(deps, (ticket) => isOwn(ticket) && !isTicketHeld(held, ticket));
    return keep(erasure, { erased: { ...erasure.erased, tickets: erasure.erased.tickets + tickets } });
  }

  async function finish(erasure: Erasure, customer: Customer | undefined): Promise<void> {
    const { customerCode, conversations: _found, walked: _walked, ...receipt } = erasure;
    let records = 0;
    if (customerCode !== undefined) {
      await erasures.rememberCustomer(await hashOfCustomer(deps.records, customerCode));
      const { name, phone } = customer ?? {};
      records = await deps.people.forgetCustomer({
        customerCode,
        ...(name !== undefined && { name }),
        ...(phone !== undefined && { phone }),
      });
    }
    await deps.people.compact();
    await erasures.save({
      ...receipt,
      state: 'done',
      doneAt: clock.now(),
      erased: { ...receipt.erased, records: receipt.erased.records + records },
    });
    await deps.people.compact();
  }

  return async () => {
    for (const erasure of await erasures.pending(AT_ONCE)) {
      const slot = { key: `erasure/${erasure.number}`, claim: deps.nodeId, limit: 1 };
      if (await deps.slots.take({ ...slot, expiresAt: clock.now() + CLAIMED_MS })) {
        await carryOut(erasure);
      }
    }
  };
}

/** A hold has come between the request and its turn: whoever was promised that it begins at once is told so. */
async function tellHeld({ clock, receive }: ErasureDeps, { number, conversationId, by }: Erasure): Promise<void> {
  if (conversationId !== undefined && by.kind === 'customer') {
    const now = clock.now();
    const key = `erasure/${number}/held`;
    await receive({ key, conversationId, orderKey: now, receivedAt: now, content: { kind: 'data_held', number } });
  }
}

/** Sees to it that nothing of before is built upon; whether the turn that says so is there. */
async function forgetFrom(
  deps: ErasureDeps,
  { number, conversationId, by }: Erasure,
  id: ConversationId,
): Promise<boolean> {
  const key = eventKeyOf(number, id);
  if (!(await deps.conversations.isHandled(id, key))) {
    const now = deps.clock.now();
    const content = { kind: 'data_erased' as const, number, isTold: id === conversationId && by.kind !== 'channel' };
    await deps.receive({ key, conversationId: id, orderKey: now, receivedAt: now, content });
  }
  return deps.conversations.isHandled(id, key);
}

async function eraseConversation(
  deps: ErasureDeps,
  { number }: Erasure,
  id: ConversationId,
): Promise<{ readonly turns: number; readonly files: number }> {
  await deps.conversations.projectPending(AT_ONCE);
  const turns = await allTurns(deps.conversations, id);
  const end = turns.findIndex(({ handles }) => handles.includes(eventKeyOf(number, id)));
  const before = turns.slice(0, end).filter(({ redactedAt }) => redactedAt === undefined);
  await deps.people.forgetWords(before.flatMap(saidIn));
  for (let from = 0; from < before.length; from += AT_ONCE) {
    await deps.redaction.replace(before.slice(from, from + AT_ONCE).map((turn) => redactTurn(turn, deps.clock.now())));
  }
  let files = 0;
  for (const { seq, number: place } of await deps.media.records(id)) {
    files += Number(await deps.media.remove({ conversationId: id, seq, number: place }, BY_REQUEST));
  }
  await deps.people.forgetConversation(id);
  return { turns: before.length, files };
}

async function eraseTickets(
  { ticketRedaction, clock }: ErasureDeps,
  isOwn: (ticket: Ticket) => boolean,
): Promise<number> {
  let erased = 0;
  for (let after: Ticket | undefined; ; ) {
    const tickets = await ticketRedaction.withWords({
      before: Number.MAX_SAFE_INTEGER,
      limit: AT_ONCE,
      ...(after !== undefined && { after }),
    });
    const found = tickets.filter(isOwn);
    await ticketRedaction.replace(found.map((ticket) => redactTicket(ticket, clock.now())));
    erased += found.length;
    if (tickets.length < AT_ONCE) {
      return erased;
    }
    after = tickets.at(-1);
  }
}

function saidIn({ messages }: Turn): readonly string[] {
  return messages.flatMap(({ content }) => content?.text ?? []);
}

function eventKeyOf(number: string, id: ConversationId): string {
  return `erasure/${number}/${id}`;
}
