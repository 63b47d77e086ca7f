import type Database from 'better-sqlite3';
import type { Ticket } from '../../../bot/records.ts';
import { type TicketChange, withChanges } from '../../../bot/ticket-history.ts';

interface ChangeRow {
  readonly number: string;
  readonly key: string;
  readonly at: number;
  readonly state: Ticket['state'];
  readonly by_id: string;
  readonly by_name: string;
  readonly note: string | null;
}

/** Reads the changes of tickets. The search reads them too, from its own thread. */
export interface ChangeReader {
  of(number: string): readonly TicketChange[];
  /** Tickets as their rows hold them, with what has become of them. */
  applyTo(tickets: readonly Ticket[]): readonly Ticket[];
}

export function createChangeReader(sqlite: Database.Database): ChangeReader {
  const select = sqlite.prepare<[string], ChangeRow>(
    `SELECT * FROM ticket_changes WHERE number IN (SELECT value FROM json_each(?)) ORDER BY number, position`,
  );
  const rowsOf = (numbers: readonly string[]) => select.all(JSON.stringify(numbers));
  return {
    of: (number) => rowsOf([number]).map(toChange),
    applyTo(tickets) {
      const rows = rowsOf(tickets.map(({ number }) => number));
      return tickets.map((ticket) =>
        withChanges(ticket, rows.filter(({ number }) => number === ticket.number).map(toChange)),
      );
    },
  };
}

function toChange({ key, at, state, by_id: id, by_name: name, note }: ChangeRow): TicketChange {
  return { key, at, state, by: { id, name }, ...(note !== null && { note }) };
}
