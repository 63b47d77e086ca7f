import type { KeptLink } from '../../bot/incidents/outage-report.ts';
import type { ActionContext, OutageReportDraft } from '../../dialogs/run-action.ts';
import type { Action, ActionDeps } from './action.ts';
import { openTicket } from './open-ticket.ts';
import { momentWords } from './spoken-figures.ts';

/** The customer says that the power is back, as he was told. */
export const notePowerBack: Action = async (_slots, context, deps) => {
  const answers = (await toldLink(context, deps))?.incidentId;
  const report = { kind: 'back', isVulnerable: false, ...(answers !== undefined && { answers }) } as const;
  return { outcome: 'noted', effects: [{ kind: 'report_outage', report }] };
};

/** He says that it is not: a ticket of its own, which keeps since when he has waited. */
export const openNestedTicket: Action = async (slots, context, deps) => {
  const link = await toldLink(context, deps);
  const since = link?.reportedAt ?? context.now;
  const opened = openTicket({
    number: deps.ids.ticketNumber('SC', context.now),
    kind: 'outage',
    priority: 'high',
    summary: `Vẫn mất điện sau khi báo đã có, báo lần đầu ${momentWords(since)}`,
    about: slots,
    details: { first_report_at: new Date(since).toISOString(), incident: link?.incidentId },
  });
  const report: OutageReportDraft = {
    kind: 'still_out',
    isVulnerable: link?.isVulnerable === true,
    ...(link !== undefined && { answers: link.incidentId }),
  };
  return {
    ...opened,
    slots: { ...opened.slots, first_report_text: momentWords(since) },
    effects: [...(opened.effects ?? []), { kind: 'report_outage', report }],
    provenance: [{ record: 'report', id: context.conversationId, version: '1', asOf: new Date(since).toISOString() }],
  };
};

/** What this conversation was told of last. */
async function toldLink({ conversationId }: ActionContext, { reports }: ActionDeps): Promise<KeptLink | undefined> {
  const links = await reports.linksOf(conversationId);
  return links.filter(({ toldAt }) => toldAt !== undefined).sort((a, b) => (b.toldAt ?? 0) - (a.toldAt ?? 0))[0];
}
