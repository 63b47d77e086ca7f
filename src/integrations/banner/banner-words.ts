import type { CrisisMessage } from '../../bot/crisis/crisis-message.ts';
import { crisisHeading } from '../../bot/crisis/match-crisis.ts';
import type { Incident } from '../../bot/incidents/incident.ts';
import type { StormSwitch } from '../../bot/incidents/storm-mode.ts';
import { incidentSentences } from '../actions/incident-words.ts';
import { momentWords } from '../actions/spoken-figures.ts';
import type { BannerItem } from './banner.ts';

const MOST_AREAS = 5;

export function crisisItem(message: CrisisMessage, now: number): BannerItem {
  const { id, version, text, isDanger, updatedAt, expiresAt } = message;
  return {
    ...{ key: `crisis/${id}/${version}`, heading: crisisHeading(message), text, isDanger },
    updated: momentWords(updatedAt),
    lastsMs: expiresAt - now,
  };
}

/** In the words of the bot, with the time of the version. */
export function incidentItem(incident: Incident, now: number): BannerItem {
  const { id, version } = incident;
  return {
    ...{ key: `incident/${id}/${version}`, heading: 'Sự cố điện ở khu vực của quý khách', isDanger: false },
    text: incidentSentences(incident, now),
  };
}

/** While storm mode is on: what has gone out, for whoever has not said yet where he is. Dismissed, it stays away. */
export function stormItem({ number, at }: StormSwitch, incidents: readonly Incident[]): BannerItem {
  const latest = Math.max(at, ...incidents.map(({ updatedAt }) => updatedAt));
  const areas = incidents.map(({ area }) => area.text);
  const more = areas.length > MOST_AREAS ? ` và ${areas.length - MOST_AREAS} khu vực khác` : '';
  const known =
    areas.length === 0
      ? 'Điện lực đang kiểm tra các báo mất điện.'
      : `Điện lực đang xử lý sự cố ở: ${areas.slice(0, MOST_AREAS).join('; ')}${more}.`;
  return {
    ...{ key: `storm/${number}`, heading: 'Nhiều nơi đang mất điện', isDanger: false },
    text: `${known} Quý khách nhắn mã khách hàng hoặc xã, phường để biết tình hình chỗ mình.`,
    updated: momentWords(latest),
  };
}
