import type { Outage } from '../../bot/records.ts';
import type { Provenance } from '../../dialogs/provenance.ts';
import type { Reply } from '../../dialogs/reply.ts';
import type { ActionResult } from '../../dialogs/run-action.ts';
import type { ScheduleWindow } from './schedule-window.ts';
import { sayDay, saySpan, sayTime } from './spoken-values.ts';

const MOST_CARDS = 3;
const NO_RETURN_TIME = 'điện lực chưa công bố';

/** Found outages as cards, or until when nothing is planned. */
export function scheduleResult(outages: readonly Outage[], window: ScheduleWindow): ActionResult {
  if (outages.length === 0) {
    return { outcome: 'none', slots: { window_end: `ngày ${sayDay(window.publishedTo)}` } };
  }
  const shown = outages.slice(0, MOST_CARDS);
  const hidden = outages.length - shown.length;
  const more: readonly Reply[] =
    hidden > 0
      ? [{ kind: 'text', text: `Còn ${hidden} lịch khác trong khu vực, anh/chị nhắn rõ hơn tên xã, phường nhé.` }]
      : [];
  return { outcome: 'found', replies: [...shown.map(outageCard), ...more], provenance: shown.map(provenanceOf) };
}

export function provenanceOf({ id, version, updatedAt }: Outage): Provenance {
  return { record: 'outage', id, version, asOf: new Date(updatedAt).toISOString() };
}

/** An outage in one sentence. */
export function sayOutage(outage: Outage): string {
  const reason = outage.reason === undefined ? '' : ` Lý do: ${lowerFirst(outage.reason)}.`;
  if (outage.kind === 'planned' && outage.to !== undefined) {
    return `Khu vực ${outage.area} ngừng cấp điện ${saySpan(outage.from, outage.to)}.${reason}`;
  }
  return `Khu vực ${outage.area} mất điện từ ${sayTime(outage.from)}.${reason} Dự kiến có điện lại: ${returnTime(outage)}.`;
}

function outageCard(outage: Outage): Reply {
  const isIncident = outage.kind === 'incident';
  return {
    kind: 'card',
    title: isIncident ? 'Sự cố đang xử lý' : 'Lịch ngừng cấp điện',
    rows: [
      { label: 'Khu vực', value: outage.area },
      ...(isIncident || outage.to === undefined
        ? [
            { label: 'Mất điện từ', value: sayTime(outage.from) },
            { label: 'Dự kiến có điện lại', value: returnTime(outage) },
          ]
        : [{ label: 'Thời gian', value: saySpan(outage.from, outage.to) }]),
      ...(outage.reason === undefined ? [] : [{ label: 'Lý do', value: outage.reason }]),
    ],
  };
}

/** Never a guess: only what the dispatcher has said. */
function returnTime({ to }: Outage): string {
  return to === undefined ? NO_RETURN_TIME : sayTime(to);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
