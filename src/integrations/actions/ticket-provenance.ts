import type { Ticket } from '../../bot/records.ts';
import type { Provenance } from '../../dialogs/provenance.ts';

/** The ticket behind a number or a state that is told. */
export function ticketProvenance({ number, history, createdAt }: Ticket): Provenance {
  return ticketSource(number, history.length, history.at(-1)?.at ?? createdAt);
}

/** The same of one that is about to be written. `version`: the steps of its history. `at`: UTC ms of the newest. */
export function ticketSource(number: string, version: number, at: number): Provenance {
  return { record: 'ticket', id: number, version: String(version), asOf: new Date(at).toISOString() };
}
