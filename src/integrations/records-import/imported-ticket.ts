import type { Ticket } from '../../bot/records.ts';
import { withChanges } from '../../bot/ticket-history.ts';

/**
 * What an import makes of a ticket that is here already: the file's values, with the conversation, the phone and the rest
 * that only we know. A state without its step in the history begins now, unless agents have worked on the ticket.
 */
export function importedTicket(known: Ticket, row: Ticket, now: number): { record: Ticket; isNews: boolean } {
  const changes = known.history.flatMap(({ at, state, by }) =>
    by === undefined ? [] : [{ key: '', at, by, state: state as Ticket['state'] }],
  );
  const own = known.history.filter(({ by }) => by === undefined);
  const steps = [...own, ...row.history.filter((step) => !own.some((one) => one.at === step.at))];
  const told = [...steps].sort((one, other) => one.at - other.at);
  const isTold = changes.length > 0 || row.state === (told.at(-1)?.state ?? known.state);
  const history = isTold ? told : [...told, { at: now, state: row.state }];
  const values = known.redactedAt === undefined ? { ...known, ...row } : known;
  const record = { ...values, state: row.state, history, details: { ...known.details, ...values.details } };
  return { record, isNews: withChanges(record, changes).state !== known.state };
}
