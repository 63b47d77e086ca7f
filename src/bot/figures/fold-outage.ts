import type { OutageReportDraft } from '../../dialogs/run-action.ts';
import type { Turn } from '../turn.ts';
import type { ContactOutage } from './contact.ts';

const NO_OUTAGE: ContactOutage = { reported: 0, asked: 0, atOnce: 0, back: 0, stillOut: 0 };

/** What customers said in this turn about having power or not. */
export function reportsIn({ effects }: Turn): readonly OutageReportDraft[] {
  return effects.flatMap(({ request }) => (request.kind === 'report_outage' ? [request.report] : []));
}

/** Whether the service itself told in this turn how an incident ended. */
export function restorationTold(turn: Turn): boolean {
  return turn.kind === 'system' && citesIncident(turn);
}

export function foldOutage(before: ContactOutage = NO_OUTAGE, turn: Turn): ContactOutage {
  const reports = reportsIn(turn);
  const count = (kind: OutageReportDraft['kind']) => reports.filter((report) => report.kind === kind).length;
  const isNew = count('reported') + count('asked') > 0;
  return {
    ...before,
    reported: before.reported + count('reported'),
    asked: before.asked + count('asked'),
    atOnce: before.atOnce + Number(isNew && citesIncident(turn)),
    back: before.back + count('back'),
    stillOut: before.stillOut + count('still_out'),
    ...(restorationTold(turn) && { toldAt: before.toldAt ?? turn.at }),
  };
}

function citesIncident({ messages }: Turn): boolean {
  return messages.some(({ provenance = [] }) => provenance.some(({ record }) => record === 'incident'));
}
