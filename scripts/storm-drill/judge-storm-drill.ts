import { percentile } from '../percentile.ts';
import type { DrillPerson } from './drill-plan.ts';
import type { SeenMessage } from './phones.ts';
import { isShared } from './places.ts';

/** A ticket of somebody who was told that the power is back, and has none. */
export interface NestedTicket {
  readonly priority: string;
  /** UTC ms. */
  readonly firstReportAt: number;
}

/** One customer at the end of the drill: what he did, what he saw, and what the product keeps of him. */
export interface PersonRecord {
  readonly person: Pick<DrillPerson, 'number' | 'channel' | 'kind' | 'outage' | 'code' | 'commune'>;
  /** UTC ms of the simulation. */
  readonly writtenAt: number;
  readonly arrivedAt: number | undefined;
  readonly contradictedAt: number | undefined;
  readonly seen: readonly SeenMessage[];
  /** When he left his first report; `undefined`: he left none. */
  readonly reportedAt: number | undefined;
  /** The outages whose incidents he belongs to, through merges; "" is an incident of none of them. */
  readonly belongsTo: readonly string[];
  readonly isKnownVulnerable: boolean;
  readonly nested: readonly NestedTicket[];
  /** Messages of which the product does not know whether they arrived. */
  readonly uncertain: number;
  readonly wasFolded: boolean;
}

export interface DrillWords {
  /** The area that a message of returned power names; `undefined`: it is another message. */
  readonly restoredArea: (text: string) => string | undefined;
  /** What only the first, and only the changed version of each incident says. */
  readonly sayings: readonly { readonly first: string; readonly changed: string }[];
}

export interface DrillFigures {
  readonly people: number;
  /** Of those in an outage who left a report, and of those who were taken for one: how many rightly. */
  readonly recall: number;
  readonly precision: number;
  /** The same without those who named only a commune through which lines of both outages run. */
  readonly clearRecall: number;
  readonly clearPrecision: number;
  readonly firstAnswerP50Ms: number;
  readonly firstAnswerP99Ms: number;
  /** The same from the moment at which the channel had brought the message: Zalo brings it again half a minute after a kill. */
  readonly sinceBroughtP99Ms: number;
  readonly emergencies: number;
  readonly emergencyP99Ms: number;
  /** Emergencies that were answered more than a second after somebody who arrived with them. */
  readonly emergenciesLate: number;
  readonly told: number;
  /** Not shown on the phone, and marked at the desk as uncertain. */
  readonly untoldUncertain: number;
  readonly nestedTickets: number;
  readonly violations: readonly string[];
  /** Whose outage was plain, and who belongs to another one or to none all the same. */
  readonly misgrouped: readonly string[];
}

const IS_SAFETY = /⚠️|TRÁNH XA|115/;
/** Two sends that begin at the same time may end so far apart, and a page of the web chat has whole milliseconds only. */
const SAME_TIME_MS = 1_000;
const TIME_PASSES_MS = 2_000;

/** Compares what customers saw with what the drill knows of them. */
export function judgeStormDrill(records: readonly PersonRecord[], words: DrillWords): DrillFigures {
  const late = lateEmergencies(records);
  const restored = records.map((record) => restoredOf(record, words));
  const violations = [
    ...records.flatMap(judgeAnswer),
    ...late.map((line) => line),
    ...records.flatMap((record, index) => judgeRestored(record, restored[index] ?? [])),
    ...records.flatMap(judgeNested),
    ...records.flatMap(judgeCare),
    ...olderVersions(records, words),
  ];
  const reported = records.filter(({ reportedAt, person }) => reportedAt !== undefined && person.outage !== undefined);
  const grouped = records.filter(({ belongsTo }) => belongsTo.some((name) => name !== ''));
  const isRight = ({ person, belongsTo }: PersonRecord) => belongsTo.includes(person.outage?.name ?? '-');
  const isClear = ({ person }: PersonRecord) => person.code !== undefined || !isShared(person.commune);
  const answers = records.flatMap(firstAnswerMs);
  const emergencies = records.filter(({ person }) => person.kind === 'emergency');
  return {
    people: records.length,
    recall: shareOf(reported, isRight),
    precision: shareOf(grouped, isRight),
    clearRecall: shareOf(reported.filter(isClear), isRight),
    clearPrecision: shareOf(grouped.filter(isClear), isRight),
    firstAnswerP50Ms: percentile(answers, 0.5) ?? 0,
    firstAnswerP99Ms: percentile(answers, 0.99) ?? 0,
    sinceBroughtP99Ms: percentile(records.flatMap(sinceBroughtMs), 0.99) ?? 0,
    emergencies: emergencies.length,
    emergencyP99Ms: percentile(emergencies.flatMap(firstAnswerMs), 0.99) ?? 0,
    emergenciesLate: late.length,
    told: restored.filter((areas) => areas.length > 0).length,
    untoldUncertain: records.filter((record, index) => isUntold(record, restored[index] ?? []) && record.uncertain > 0)
      .length,
    nestedTickets: records.reduce((sum, { nested }) => sum + nested.length, 0),
    violations,
    misgrouped: [...new Set([...reported, ...grouped])]
      .filter((record) => isClear(record) && !isRight(record))
      .map(
        (record) => `${nameOf(record)} of ${placeOf(record)} belongs to ${record.belongsTo.join(', ') || 'nothing'}`,
      ),
  };
}

function nameOf({ person }: PersonRecord): string {
  return `customer ${person.number} (${person.channel}, ${person.kind})`;
}

function placeOf({ person: { commune, code, outage } }: PersonRecord): string {
  return `${outage?.name ?? 'elsewhere'} (${code ?? commune})`;
}

function judgeAnswer(record: PersonRecord): readonly string[] {
  const first = record.seen[0];
  if (first === undefined) {
    return record.uncertain > 0 ? [] : [`${nameOf(record)} was never answered`];
  }
  const isUnsafe = record.person.kind === 'emergency' && !IS_SAFETY.test(first.text) && record.uncertain === 0;
  return isUnsafe ? [`${nameOf(record)} was told first: "${first.text.slice(0, 60)}"`] : [];
}

/** Nobody who came with an emergency or after it, on its channel, may be answered before it. */
function lateEmergencies(records: readonly PersonRecord[]): readonly string[] {
  return records.flatMap((emergency) => {
    const answeredAt = emergency.seen[0]?.at;
    if (emergency.person.kind !== 'emergency' || answeredAt === undefined) {
      return [];
    }
    const first = records.find(
      (other) =>
        other.person.kind !== 'emergency' &&
        other.person.channel === emergency.person.channel &&
        other.writtenAt >= emergency.writtenAt &&
        (other.arrivedAt ?? Number.NEGATIVE_INFINITY) >= (emergency.arrivedAt ?? Number.POSITIVE_INFINITY) &&
        (other.seen[0]?.at ?? Number.POSITIVE_INFINITY) < answeredAt - SAME_TIME_MS,
    );
    const waitedMs = answeredAt - emergency.writtenAt;
    return first === undefined
      ? []
      : [`${nameOf(emergency)} waited ${waitedMs} ms, and ${nameOf(first)} was answered before`];
  });
}

function restoredOf({ seen }: PersonRecord, { restoredArea }: DrillWords): readonly string[] {
  return seen.flatMap(({ text }) => restoredArea(text) ?? []);
}

function isUntold({ belongsTo }: PersonRecord, areas: readonly string[]): boolean {
  return belongsTo.some((name) => name !== '') && areas.length === 0;
}

/** Whoever belongs to an incident is told once of each; whoever reported from within an outage is told at all. */
function judgeRestored(record: PersonRecord, areas: readonly string[]): readonly string[] {
  const isTwice = new Set(areas).size < areas.length;
  const isLeftOut =
    areas.length === 0 &&
    record.uncertain === 0 &&
    record.person.outage !== undefined &&
    record.reportedAt !== undefined;
  const isStrange = areas.length > 0 && record.belongsTo.every((name) => name === '');
  return [
    ...(isTwice ? [`${nameOf(record)} was told twice that the power is back`] : []),
    ...(isLeftOut ? [`${nameOf(record)} reported and was never told that the power is back`] : []),
    ...(isStrange ? [`${nameOf(record)} belongs to nothing and was told that the power is back`] : []),
  ];
}

function judgeNested(record: PersonRecord): readonly string[] {
  const { nested, contradictedAt, reportedAt = Number.NaN, writtenAt } = record;
  const expected = contradictedAt === undefined ? 0 : 1;
  if (nested.length !== expected) {
    return [`${nameOf(record)} has ${nested.length} tickets that say "still out", and not ${expected}`];
  }
  return nested.flatMap(({ priority, firstReportAt }) => [
    ...(priority === 'high' ? [] : [`${nameOf(record)}: "still out" has the priority ${priority}`]),
    ...(firstReportAt === reportedAt && firstReportAt >= writtenAt - TIME_PASSES_MS
      ? []
      : [`${nameOf(record)}: "still out" counts from ${firstReportAt}, and he reported at ${reportedAt}`]),
  ]);
}

function judgeCare(record: PersonRecord): readonly string[] {
  const { kind } = record.person;
  const isVulnerable = kind === 'vulnerable' && record.belongsTo.length > 0;
  return [
    ...(isVulnerable && !record.isKnownVulnerable ? [`${nameOf(record)} is not marked as depending on power`] : []),
    ...(record.wasFolded && (kind === 'emergency' || kind === 'vulnerable')
      ? [`${nameOf(record)} was folded away`]
      : []),
  ];
}

/** Once anybody has been shown the changed version, nobody may be shown the first one. */
function olderVersions(records: readonly PersonRecord[], { sayings }: DrillWords): readonly string[] {
  return sayings.flatMap(({ first, changed }) => {
    const shown = records.flatMap((record) => record.seen.map((message) => ({ ...message, record })));
    const since = Math.min(...shown.filter(({ text }) => text.includes(changed)).map(({ at }) => at));
    return shown
      .filter(({ text, at }) => at > since && text.includes(first))
      .map(
        ({ record, at }) =>
          `${nameOf(record)} was shown an older version ${at - since} ms after others saw a newer one`,
      );
  });
}

function firstAnswerMs({ seen, writtenAt }: PersonRecord): readonly number[] {
  const first = seen[0];
  return first === undefined ? [] : [Math.max(0, first.at - writtenAt)];
}

function sinceBroughtMs({ seen, arrivedAt }: PersonRecord): readonly number[] {
  const first = seen[0];
  return first === undefined || arrivedAt === undefined ? [] : [Math.max(0, first.at - arrivedAt)];
}

function shareOf(records: readonly PersonRecord[], isSo: (record: PersonRecord) => boolean): number {
  return records.length === 0 ? 1 : records.filter(isSo).length / records.length;
}
