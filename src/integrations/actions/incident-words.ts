import type { Incident } from '../../bot/incidents/incident.ts';
import type { Provenance } from '../../dialogs/provenance.ts';
import { incidentAsOutage } from '../storage/incident-as-outage.ts';
import { outageProvenance, outageSentences, shortArea } from './outage-words.ts';
import { momentWords } from './spoken-figures.ts';

/** An incident in a few sentences; a suspicion is said to be one. */
export function incidentSentences(incident: Incident, now: number): string {
  if (incident.state !== 'suspected') {
    return outageSentences(incidentAsOutage(incident), now);
  }
  const { area, startedAt, updatedAt } = incident;
  return (
    `Từ ${momentWords(startedAt)} điện lực nhận nhiều báo mất điện ở ${shortArea(area.communes.join(', '))} và đang kiểm tra. ` +
    `Chưa có nguyên nhân và giờ có điện lại. Cập nhật lúc ${momentWords(updatedAt)}.`
  );
}

export function incidentProvenance(incident: Incident): Provenance {
  return outageProvenance(incidentAsOutage(incident));
}
