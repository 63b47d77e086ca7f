import type { Ticket } from './records.ts';
import { ERASED } from './redact-turn.ts';

/** The same ticket without whom and what it is about: its number, kind, times and states stay. */
export function redactTicket(ticket: Ticket, redactedAt: number): Ticket {
  const { number, kind, priority, state, createdAt, history } = ticket;
  return {
    ...{ number, kind, priority, state, createdAt, redactedAt },
    ...{ summary: ERASED, details: {}, history: history.map((step) => ({ at: step.at, state: step.state })) },
  };
}
