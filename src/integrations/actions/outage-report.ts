import type { OutageReportDraft, Slots } from '../../dialogs/run-action.ts';

/**
 * What is kept of a report: where, of which incident its customer is told, and whether somebody there depends on the
 * power; never the words around it.
 */
export function outageReport(kind: OutageReportDraft['kind'], slots: Slots, toldOf?: string): OutageReportDraft {
  const { customer_code: customerCode, place, priority_reason: reason } = slots;
  return {
    ...{ kind, isVulnerable: reason !== undefined },
    ...(toldOf !== undefined && { toldOf }),
    ...(place !== undefined && { place }),
    ...(customerCode !== undefined && { customerCode }),
  };
}
