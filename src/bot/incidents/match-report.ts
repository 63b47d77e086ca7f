import { foldWords } from '../../dialogs/fold-words.ts';
import type { Incident } from './incident.ts';
import { type ProvinceNames, placeParts } from './match-outage.ts';
import type { ReportPlace } from './outage-report.ts';

/** What puts a report together with others, most telling first: its feeder, or else its commune with its province. */
export function groupKeysOf(where: ReportPlace, provinceNames: ProvinceNames): readonly string[] {
  const place = communeOf(where, provinceNames);
  return [
    ...(where.feeder === undefined ? [] : [`feeder/${where.feeder}`]),
    ...(place === undefined ? [] : [`place/${place.province}/${place.commune}`]),
  ];
}

/** What decides, where the feeder of the contract is known, to which of two incidents of one place it belongs. */
export function linesOf({ feeder, transformer }: ReportPlace): readonly string[] {
  return feeder === undefined ? [] : [feeder, ...(transformer === undefined ? [] : [transformer])];
}

/** Whether somebody hangs on another line than those of the incident. */
export function isStranger(lines: readonly string[], { area }: Pick<Incident, 'area'>): boolean {
  return area.feeders.length > 0 && lines.length > 0 && !lines.some((line) => area.feeders.includes(line));
}

/**
 * Why a report belongs to an incident, in words for the desk; none: it does not. A feeder decides where both sides know
 * theirs: two feeders may well run through one commune.
 */
export function reasonsFor(where: ReportPlace, incident: Incident, provinceNames: ProvinceNames): readonly string[] {
  const { area } = incident;
  const line = [where.feeder, where.transformer].find((name) => name !== undefined && area.feeders.includes(name));
  if (line !== undefined) {
    return [`cùng xuất tuyến ${line}`];
  }
  const place = communeOf(where, provinceNames);
  const isOtherFeeder = where.feeder !== undefined && area.feeders.length > 0;
  if (isOtherFeeder || place === undefined || !isSameProvince(place.province, area.province, provinceNames)) {
    return [];
  }
  const commune = area.communes.find((name) => nameOf(name) === place.commune);
  if (commune !== undefined) {
    return [`cùng ${commune}`];
  }
  const isWholeDistrict = area.communes.length === 0 && area.district !== undefined;
  return isWholeDistrict && place.larger.includes(nameOf(area.district ?? '')) ? [`cùng ${area.district}`] : [];
}

interface Commune {
  readonly commune: string;
  /** Folded; the first of the names that the province has. */
  readonly province: string;
  readonly larger: readonly string[];
}

/** A place without its province may be anywhere, and a province alone is no place. */
function communeOf({ place = '' }: ReportPlace, provinceNames: ProvinceNames): Commune | undefined {
  const { names, provinces } = placeParts(place, provinceNames);
  const [commune, ...larger] = names;
  const [province] = provinces ?? [];
  return commune === undefined || province === undefined ? undefined : { commune, province, larger };
}

function isSameProvince(folded: string, name: string, provinceNames: ProvinceNames): boolean {
  return provinceNames(name).includes(folded);
}

function nameOf(name: string): string {
  return placeParts(name, () => []).names[0] ?? foldWords(name);
}
