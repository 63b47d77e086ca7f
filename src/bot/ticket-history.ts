import type { Ticket } from './records.ts';

/** Somebody has put a ticket into another state. Kept for good, never changed. */
export interface TicketChange {
  /** Of the act: the same key again is the same change. */
  readonly key: string;
  /** UTC ms. */
  readonly at: number;
  readonly state: Ticket['state'];
  readonly by: { readonly id: string; readonly name: string };
  /** For colleagues; the customer does not see it. */
  readonly note?: string;
}

/** A ticket as it was opened or imported, with the changes since: the newest says its state. */
export function withChanges(ticket: Ticket, changes: readonly TicketChange[]): Ticket {
  if (changes.length === 0) {
    return ticket;
  }
  const added = changes.map(({ key: _key, ...step }) => step);
  const history = [...ticket.history, ...added].sort((one, other) => one.at - other.at);
  return { ...ticket, history, state: (history.at(-1)?.state ?? ticket.state) as Ticket['state'] };
}

/** What becomes of a change, seen from the history there is. `undefined`: it may be added. */
export function refusalOfChange(
  ticket: Ticket,
  changes: readonly TicketChange[],
  { key, seen }: { readonly key: string; readonly seen: number },
): 'repeat' | 'stale' | undefined {
  if (changes.some((change) => change.key === key)) {
    return 'repeat';
  }
  return withChanges(ticket, changes).history.length === seen ? undefined : 'stale';
}
