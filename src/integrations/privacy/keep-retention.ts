import type { SiteNotices } from '../../bot/accounts/site-notice.ts';
import type { OutageReports } from '../../bot/incidents/outage-report.ts';
import type { ConversationId } from '../../bot/message.ts';
import type { NoticeLedger } from '../../bot/notices/notice-ledger.ts';
import type { ChainRedaction, TicketRedaction, TurnPlace } from '../../bot/personal-data.ts';
import type { Clock, EventInbox, MediaStore } from '../../bot/ports.ts';
import type { Ticket } from '../../bot/records.ts';
import { redactTicket } from '../../bot/redact-ticket.ts';
import { redactTurn } from '../../bot/redact-turn.ts';
import type { TelegramStore } from '../channels/telegram/store.ts';
import type { ZaloStore } from '../channels/zalo/store.ts';
import { findHeld, type Held, type HeldDeps, isTicketHeld } from './held-conversations.ts';
import type { Retention } from './load-retention.ts';

export interface KeepRetentionDeps extends HeldDeps {
  readonly retention: Pick<Retention, 'keptMs'>;
  readonly redaction: ChainRedaction;
  readonly ticketRedaction: TicketRedaction;
  readonly media: Pick<MediaStore, 'prune'>;
  readonly inbox: Pick<EventInbox, 'prune'>;
  readonly noticeLedger: Pick<NoticeLedger, 'prune'>;
  readonly siteNotices: Pick<SiteNotices, 'prune'>;
  readonly reports: Pick<OutageReports, 'pruneReports'>;
  readonly zalo: Pick<ZaloStore, 'prune'>;
  readonly telegram: Pick<TelegramStore, 'prune'>;
  readonly clock: Clock;
}

/** Forgets what is older and belongs to none of the conversations that are held; returns how much. */
type Prune = (before: number, held: readonly ConversationId[], codes: readonly string[]) => Promise<number>;

/** Small enough that a message which comes meanwhile does not wait long. */
const AT_ONCE = 100;

/**
 * Takes out or deletes what has been kept as long as `data/privacy/retention.yaml` says: the only place that does, so that
 * nothing goes past the legal holds. What is done is done: run again after a crash it goes on with the rest.
 */
export function createKeepRetention(deps: KeepRetentionDeps): () => Promise<void> {
  const { retention, redaction, ticketRedaction, clock } = deps;
  const before = (dataClass: string) => clock.now() - retention.keptMs(dataClass);

  async function redactTurns({ conversations }: Held): Promise<void> {
    const query = { before: before('conversation_words'), limit: AT_ONCE };
    for (let after: TurnPlace | undefined; ; ) {
      const turns = await redaction.withWords({ ...query, ...(after !== undefined && { after }) });
      const free = turns.filter(({ conversationId }) => !conversations.has(conversationId));
      await redaction.replace(free.map((turn) => redactTurn(turn, clock.now())));
      if (turns.length < AT_ONCE) {
        return;
      }
      after = turns.at(-1);
    }
  }

  async function redactTickets(held: Held): Promise<void> {
    const query = { before: before('tickets'), limit: AT_ONCE };
    for (let after: Ticket | undefined; ; ) {
      const tickets = await ticketRedaction.withWords({ ...query, ...(after !== undefined && { after }) });
      const free = tickets.filter((ticket) => !isTicketHeld(held, ticket));
      await ticketRedaction.replace(free.map((ticket) => redactTicket(ticket, clock.now())));
      if (tickets.length < AT_ONCE) {
        return;
      }
      after = tickets.at(-1);
    }
  }

  const pruned: Readonly<Record<string, Prune>> = {
    files: (time, held) => deps.media.prune(time, held),
    arriving: (time, held) => deps.inbox.prune(time, held),
    notices: async (time, held, codes) =>
      (await deps.noticeLedger.prune(time, held)) +
      (await deps.siteNotices.prune(time, { conversations: held, codes })),
    outage_reports: (time, held) => deps.reports.pruneReports(time, held),
    channel_traces: async (time, held) => (await deps.zalo.prune(time, held)) + (await deps.telegram.prune(time, held)),
  };

  return async () => {
    const held = await findHeld(deps, clock.now());
    await redactTurns(held);
    await redactTickets(held);
    for (const [dataClass, prune] of Object.entries(pruned)) {
      while ((await prune(before(dataClass), [...held.conversations], [...held.codes])) > 0) {}
    }
  };
}
