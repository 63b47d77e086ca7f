import type { ChainRedaction, TicketRedaction, TurnPlace } from '../../bot/personal-data.ts';
import type { Clock, MediaStore } from '../../bot/ports.ts';
import type { Ticket } from '../../bot/records.ts';
import { redactTicket } from '../../bot/redact-ticket.ts';
import { redactTurn } from '../../bot/redact-turn.ts';
import { findHeld, type Held, type HeldDeps, isTicketHeld } from './held-conversations.ts';
import type { Retention } from './load-retention.ts';

export interface KeepRetentionDeps extends HeldDeps {
  readonly retention: Pick<Retention, 'keptMs'>;
  readonly redaction: ChainRedaction;
  readonly ticketRedaction: TicketRedaction;
  readonly media: Pick<MediaStore, 'prune'>;
  readonly clock: Clock;
}

/** Small enough that a message which comes meanwhile does not wait long. */
const AT_ONCE = 100;

/**
 * Takes out or deletes what has been kept as long as `data/privacy/retention.yaml` says. What is done is done: run
 * again after a crash it goes on with the rest. Legal holds are kept.
 */
export function createKeepRetention(deps: KeepRetentionDeps): () => Promise<void> {
  const { retention, redaction, ticketRedaction, media, clock } = deps;
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

  return async () => {
    const held = await findHeld(deps, clock.now());
    await redactTurns(held);
    await redactTickets(held);
    while ((await media.prune(before('files'), [...held.conversations])) > 0) {}
  };
}
