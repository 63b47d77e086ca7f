import type { BarSeriesOption } from 'echarts/charts';
import { renderSvg } from './render-svg.ts';

/** Counts by hour, told apart by name. */
export interface HourChart {
  readonly title: string;
  readonly description: string;
  /** What stands below each bar, in order. */
  readonly hours: readonly string[];
  /** The first lies lowest; `counts` has one for each hour. */
  readonly series: readonly { readonly name: string; readonly counts: readonly number[] }[];
}

/** Told apart also by eyes that see fewer colours, each 3:1 or more on white; the last is for what remains. */
const COLOURS = ['#0b5cad', '#b45f06', '#0d7a5f', '#8a3d9c', '#a8324a', '#5c6b14', '#6a7785'];
const WIDE = 640;
/** What a phone has: drawn wider, its letters would come out too small to read. */
const NARROW = 300;
const TOP = 12;
const BARS_HEIGHT = 204;
const LABELS_HEIGHT = 40;
const NAMES_ROW_HEIGHT = 22;
const NAME_CHARACTER = 7;
/** The coloured square of a name, and the room around it. */
const NAME_FRAME = 28;
const TEXT = { color: '#16222e', fontSize: 12 };

/** One chart as two SVGs: for a page of some width, and for a phone. */
export interface HourDrawings {
  readonly wide: string;
  readonly narrow: string;
}

/** Standing bars, one an hour, with the names of their parts below. */
export async function drawHours(chart: HourChart, colours: readonly string[] = COLOURS): Promise<HourDrawings> {
  const [wide, narrow] = await Promise.all([drawBars(chart, colours, WIDE), drawBars(chart, colours, NARROW)]);
  return { wide, narrow };
}

function drawBars(
  { title, description, hours, series }: HourChart,
  colours: readonly string[],
  width: number,
): Promise<string> {
  const bottom = LABELS_HEIGHT + NAMES_ROW_HEIGHT * rowsOfNames(series, width);
  const option = {
    animation: false,
    color: [...colours],
    grid: { left: 40, right: 8, top: TOP, bottom },
    legend: { bottom: 0, left: 0, silent: true, itemWidth: 12, itemHeight: 12, textStyle: TEXT },
    xAxis: {
      type: 'category',
      data: [...hours],
      axisTick: { show: false },
      axisLabel: { ...TEXT, showMaxLabel: true },
    },
    yAxis: { type: 'value', minInterval: 1, axisLabel: TEXT, splitLine: { lineStyle: { color: '#dbe1e8' } } },
    series: series.map(
      ({ name, counts }): BarSeriesOption => ({
        type: 'bar',
        name,
        stack: 'hour',
        silent: true,
        barWidth: '60%',
        data: [...counts],
      }),
    ),
  };
  return renderSvg(option, { title, description, width, height: TOP + BARS_HEIGHT + bottom });
}

/** In how many rows the names stand, at most. */
function rowsOfNames(series: HourChart['series'], width: number): number {
  let rows = 1;
  let used = 0;
  for (const { name } of series) {
    const needed = NAME_FRAME + name.length * NAME_CHARACTER;
    if (used > 0 && used + needed > width) {
      rows += 1;
      used = 0;
    }
    used += needed;
  }
  return rows;
}
