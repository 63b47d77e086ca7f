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
const WIDTH = 640;
const HEIGHT = 300;
const TEXT = { color: '#16222e', fontSize: 12 };

/** Standing bars, one an hour, with the names of their parts below. */
export function drawHours(
  { title, description, hours, series }: HourChart,
  colours: readonly string[] = COLOURS,
): Promise<string> {
  const option = {
    animation: false,
    color: [...colours],
    grid: { left: 40, right: 8, top: 12, bottom: 84 },
    legend: { bottom: 0, left: 0, silent: true, itemWidth: 12, itemHeight: 12, textStyle: TEXT },
    xAxis: { type: 'category', data: [...hours], axisTick: { show: false }, axisLabel: TEXT },
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
  return renderSvg(option, { title, description, width: WIDTH, height: HEIGHT });
}
