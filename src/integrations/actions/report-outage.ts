import type { OutageReports } from '../../bot/incidents/outage-report.ts';
import type { TakeReport } from '../../bot/incidents/take-report.ts';
import { whereOf } from '../../bot/incidents/where-of.ts';
import type { CustomerRecords } from '../../bot/ports.ts';
import type { Effect } from '../../bot/turn.ts';
import type { OutageReportDraft } from '../../dialogs/run-action.ts';

interface ReportDeps {
  readonly customers: Pick<CustomerRecords, 'customer'>;
  readonly reports: Pick<OutageReports, 'lastReport' | 'answered'>;
  readonly takeReport: TakeReport;
}

/** Carries out that somebody has no power: with the feeder of the contract where there is one, else by the place. */
export async function reportOutage(
  { customers, reports, takeReport }: ReportDeps,
  { key: id, conversationId, at }: Pick<Effect, 'key' | 'conversationId' | 'at'>,
  { kind, place, customerCode, isVulnerable, answers, toldOf }: OutageReportDraft,
): Promise<void> {
  if (answers !== undefined && (kind === 'back' || kind === 'still_out')) {
    await reports.answered(answers, conversationId, kind);
  }
  const customer = customerCode === undefined ? undefined : await customers.customer(customerCode);
  const said = { ...(customer && whereOf(customer)), ...(place !== undefined && { place }) };
  // "Vẫn mất điện" names no place: it is where it was.
  const where = Object.keys(said).length > 0 ? said : ((await reports.lastReport(conversationId))?.where ?? {});
  await takeReport({
    ...{ id, conversationId, at, kind, where },
    isVulnerable: isVulnerable || customer?.vulnerable === true,
    ...(toldOf !== undefined && { toldOf }),
  });
}
