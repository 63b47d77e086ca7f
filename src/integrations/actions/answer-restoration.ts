import type { KeptLink } from '../../bot/incidents/outage-report.ts';
import type { Ticket } from '../../bot/records.ts';
import type { ActionContext, OutageReportDraft } from '../../dialogs/run-action.ts';
import type { Action, ActionDeps } from './action.ts';
import { openTicket } from './open-ticket.ts';
import { momentWords } from './spoken-figures.ts';
import { ticketProvenance } from './ticket-provenance.ts';

/** Who says it later than this means another outage. */
const MEANT_MS = 3 * 86_400_000;
const MOST_TICKETS = 20;

/** The customer says that the power is back, as he was told. */
export const notePowerBack: Action = async (_slots, context, deps) => {
  const answers = (await toldLink(context, deps))?.incidentId;
  const report = { kind: 'back', isVulnerable: false, ...(answers !== undefined && { answers }) } as const;
  return { outcome: 'noted', effects: [{ kind: 'report_outage', report }] };
};

/** He says that it is not: a ticket of its own, which keeps since when he has waited. Said again, it is the same ticket. */
export const openNestedTicket: Action = async (slots, context, deps) => {
  const link = await toldLink(context, deps);
  if (link === undefined || link.answer === 'back') {
    return { outcome: 'not_told' };
  }
  const { priority_reason: reason } = slots;
  const report: OutageReportDraft = {
    kind: 'still_out',
    isVulnerable: link.isVulnerable || reason !== undefined,
    answers: link.incidentId,
  };
  const provenance = [
    { record: 'report', id: context.conversationId, version: '1', asOf: new Date(link.reportedAt).toISOString() },
  ];
  const firstReport = { first_report_text: momentWords(link.reportedAt) };
  const known = await nestedTicket(link, context, deps);
  if (known !== undefined) {
    return {
      ...{ outcome: 'known', provenance: [...provenance, ticketProvenance(known)] },
      ...{ slots: { ...firstReport, ticket_number: known.number } },
      effects: [{ kind: 'report_outage', report }],
    };
  }
  if (await waitsForAnother(link, context, deps)) {
    return { outcome: 'not_told' };
  }
  const ticket = {
    number: deps.ids.ticketNumber('SC', context.now),
    kind: 'outage',
    priority: 'high',
    summary: `Vẫn mất điện sau khi báo đã có, báo lần đầu ${firstReport.first_report_text}`,
    about: slots,
    details: {
      first_report_at: new Date(link.reportedAt).toISOString(),
      incident: link.incidentId,
      priority_reason: reason,
    },
  } as const;
  const opened = await openTicket(ticket, context, deps);
  return {
    ...opened,
    slots: { ...opened.slots, ...firstReport },
    effects: [...(opened.effects ?? []), { kind: 'report_outage', report }],
    provenance: [...provenance, ...(opened.provenance ?? [])],
  };
};

/** A link to what is restored, and since when its customer knows. */
interface ToldLink extends KeptLink {
  readonly since: number;
}

/**
 * The restoration that this conversation was told of last. It counts from the moment that it is so: what is written beside
 * the words may come later than the answer to them, by seconds or by a crash.
 */
async function toldLink(
  { conversationId, now }: ActionContext,
  { reports, incidents }: ActionDeps,
): Promise<ToldLink | undefined> {
  const told: ToldLink[] = [];
  for (const link of await reports.linksOf(conversationId)) {
    // Of one that was cancelled, or went on as another, nobody was told that the power is back.
    const incident = await incidents.incident(link.incidentId);
    if (incident?.state === 'restored') {
      told.push({ ...link, since: link.toldAt ?? incident.updatedAt });
    }
  }
  return told.filter(({ since }) => now - since < MEANT_MS).sort((a, b) => b.since - a.since)[0];
}

/** The ticket that an earlier "vẫn mất điện" has opened, while it is being worked on. */
async function nestedTicket(
  { incidentId }: KeptLink,
  { conversationId }: ActionContext,
  { tickets }: ActionDeps,
): Promise<Ticket | undefined> {
  const own = await tickets.tickets({ conversationId, limit: MOST_TICKETS });
  return own.find(
    ({ state, details }) =>
      state !== 'done' && details['incident'] === incidentId && details['first_report_at'] !== undefined,
  );
}

/** Whoever has reported again since waits for the end of that outage, of which he has not been told. */
async function waitsForAnother(
  { incidentId, since }: ToldLink,
  { conversationId }: ActionContext,
  { reports }: ActionDeps,
): Promise<boolean> {
  const links = await reports.linksOf(conversationId);
  return links.some((link) => link.incidentId !== incidentId && link.toldAt === undefined && link.reportedAt > since);
}
