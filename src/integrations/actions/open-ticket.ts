import type { ActionResult, Slots, TicketDraft } from '../../dialogs/run-action.ts';

interface TicketRequest extends Pick<TicketDraft, 'number' | 'kind' | 'priority' | 'summary'> {
  /** Slots that say who and where: `customer_code`, `place`, `phone`. */
  readonly about: Slots;
  readonly details: Readonly<Record<string, string | undefined>>;
}

/** The answer of an action that opens a ticket: its number, and the effect that writes it. */
export function openTicket({ about, details, summary, ...ticket }: TicketRequest): ActionResult {
  const { customer_code: customerCode, place, phone } = about;
  const where = place ?? (customerCode === undefined ? 'chưa rõ địa điểm' : `mã khách hàng ${customerCode}`);
  const draft: TicketDraft = {
    ...ticket,
    summary: `${summary} (${where})`,
    ...(customerCode !== undefined && { customerCode }),
    ...(place !== undefined && { place }),
    ...(phone !== undefined && { phone }),
    details: Object.fromEntries(Object.entries(details).filter((entry): entry is [string, string] => !!entry[1])),
  };
  return {
    outcome: 'opened',
    slots: { ticket_number: draft.number },
    effects: [{ kind: 'open_ticket', ticket: draft }],
  };
}
