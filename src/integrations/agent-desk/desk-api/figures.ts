import type { Tally } from '../../../bot/figures/tally.ts';
import type { ReporterCounts } from '../../../bot/incidents/outage-report.ts';
import type { HourChart, HourDrawings } from '../../charts/draw-hours.ts';

/** Days `YYYY-MM-DD` in Viet Nam, both included. */
export interface FiguresQuery {
  readonly from: string;
  readonly to: string;
  readonly channel?: string;
  readonly topic?: string;
}

/** How long people waited, ms. The two are absent while there are too few to say. */
export interface WaitFigures {
  readonly count: number;
  readonly p50?: number;
  readonly p90?: number;
}

/** What was counted, waits summed up. */
export interface FigureCounts extends Omit<Tally, 'waits' | 'emergencyWaits'> {
  readonly waits: WaitFigures;
  readonly emergencyWaits: WaitFigures;
}

export interface NamedCounts {
  /** Channel or topic. */
  readonly name: string;
  readonly counts: FigureCounts;
  /** Of a channel: customers who reported an outage there. Reports have no topic: absent when one is asked for. */
  readonly reporters?: ReporterCounts;
}

/** `GET figures`. */
export interface FiguresAnswer {
  readonly now: number;
  readonly query: FiguresQuery;
  /** All that occur in these days, whatever is asked for. */
  readonly channels: readonly string[];
  readonly topics: readonly string[];
  readonly total: FigureCounts;
  /** Most contacts first. */
  readonly byTopic: readonly NamedCounts[];
  readonly byChannel: readonly NamedCounts[];
  /** Reports have no topic: absent when one is asked for. */
  readonly reporters?: ReporterCounts;
  /** What has become of the contacts of each day. */
  readonly chart: HourChart;
  readonly drawings: HourDrawings;
}

/** `POST figures/export`. */
export interface FiguresExport {
  readonly name: string;
  /** CSV, with the mark by which Excel knows it for UTF-8. */
  readonly content: string;
}
