import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { OUTCOMES } from '../../bot/figures/tally.ts';
import { type ChannelReporters, type OutageReports, sumOfReporters } from '../../bot/incidents/outage-report.ts';
import type { Clock } from '../../bot/ports.ts';
import { drawHours, type HourChart } from '../charts/draw-hours.ts';
import { createKeptAnswers } from '../kept-answers.ts';
import { endOf, timeOf } from '../local-time.ts';
import type { AuditLog } from './audit-log.ts';
import type { FiguresAnswer, FiguresExport, FiguresQuery, NamedCounts } from './desk-api/figures.ts';
import { OUTCOME_WORDS } from './figure-words.ts';
import { daysBetween, type Figures, type PlacedTally, sumOf } from './figures.ts';
import { figuresCsv } from './figures-csv.ts';
import { agentOf } from './guard.ts';

interface FigureDeps {
  readonly figures: Figures;
  readonly reports: Pick<OutageReports, 'reportersIn'>;
  readonly audit: AuditLog;
  readonly clock: Clock;
}

/** In the order of the outcomes, each 3:1 or more on white. */
const OUTCOME_COLOURS = ['#0d7a5f', '#7d8794', '#b45f06', '#a8324a', '#0b5cad', '#8a3d9c'];
/** A quarter. */
const MOST_DAYS = 92;
const DAY_MS = 86_400_000;
/** Reporters are counted anew no more often: leaders look at the same days. */
const KEPT_MS = 10_000;
const MOST_KEPT = 20;
const name = z.string().regex(/^[a-z][a-z0-9_-]{0,40}$/);
const figuresQuery = z
  .strictObject({ from: z.iso.date(), to: z.iso.date(), channel: name.exactOptional(), topic: name.exactOptional() })
  .refine(({ from, to }) => from <= to && endOf(to) - timeOf(from) <= MOST_DAYS * DAY_MS);

/** What has become of what customers came with, over whole days. */
export function registerFigureRoutes(desk: FastifyInstance, { figures, reports, audit, clock }: FigureDeps): void {
  const kept = createKeptAnswers<readonly ChannelReporters[]>(clock, MOST_KEPT);
  const reportersIn = (from: number, to: number) =>
    kept.get(`${from}/${to}`, KEPT_MS, () => reports.reportersIn({ from, to }));

  desk.get('/desk/api/figures', async (request): Promise<FiguresAnswer> => {
    const query = figuresQuery.parse(request.query) as FiguresQuery;
    const { from, to, channel, topic } = query;
    const all = await figures.read(from, to);
    const placed = all.filter((one) => isAsked(one, query));
    const chart = outcomeChart(placed, daysBetween(from, to));
    const reporting = topic === undefined ? await reportersIn(timeOf(from), endOf(to)) : undefined;
    const asked = reporting?.filter((one) => (channel ?? one.channel) === one.channel);
    return {
      ...{ now: clock.now(), query, chart, drawings: await drawHours(chart, OUTCOME_COLOURS) },
      channels: [...new Set(all.map((one) => one.channel))].sort(),
      topics: [...new Set(all.map((one) => one.topic))].sort(),
      total: sumOf(placed),
      byTopic: groupBy(placed, (one) => one.topic),
      byChannel: groupBy(placed, (one) => one.channel).map((named) => ({
        ...named,
        ...(asked !== undefined && { reporters: sumOfReporters(asked.filter((one) => one.channel === named.name)) }),
      })),
      ...(asked !== undefined && { reporters: sumOfReporters(asked) }),
    };
  });

  desk.post('/desk/api/figures/export', async (request): Promise<FiguresExport> => {
    const query = figuresQuery.parse(request.body) as FiguresQuery;
    const { from, to } = query;
    const placed = (await figures.read(from, to)).filter((one) => isAsked(one, query));
    const { id: actorId, name: actorName } = agentOf(request);
    const reason = [query.channel, query.topic].filter(Boolean).join(', ');
    await audit.append({
      ...{ at: clock.now(), actorId, actorName, action: 'export_figures', subject: `${from}/${to}` },
      ...(reason !== '' && { reason }),
    });
    return { name: `so-lieu-${from}-${to}.csv`, content: figuresCsv(placed) };
  });
}

function isAsked(placed: PlacedTally, { channel, topic }: FiguresQuery): boolean {
  return (channel ?? placed.channel) === placed.channel && (topic ?? placed.topic) === placed.topic;
}

function groupBy(placed: readonly PlacedTally[], nameOf: (one: PlacedTally) => string): readonly NamedCounts[] {
  const groups = Map.groupBy(placed, nameOf);
  return [...groups]
    .map(([key, members]) => ({ name: key, counts: sumOf(members) }))
    .sort((a, b) => b.counts.contacts - a.counts.contacts || (a.name < b.name ? -1 : 1));
}

function outcomeChart(placed: readonly PlacedTally[], days: readonly string[]): HourChart {
  const counts = days.map((day) => sumOf(placed.filter((one) => one.day === day)).outcomes);
  const series = OUTCOMES.map((outcome) => ({
    name: OUTCOME_WORDS[outcome],
    counts: counts.map((each) => each[outcome]),
  }));
  const total = (each: readonly number[]) => each.reduce((sum, count) => sum + count, 0);
  return {
    title: 'Kết quả theo ngày',
    description: series.map((each) => `${each.name}: ${total(each.counts)}`).join('; '),
    hours: days.map((day) => `${Number(day.slice(8))}/${Number(day.slice(5, 7))}`),
    series,
  };
}
