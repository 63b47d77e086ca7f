import type { BarSeriesOption } from 'echarts/charts';
import type { EChartsCoreOption } from 'echarts/core';
import { type Chart, type ChartMonth, MARK_WORDS, monthFigures } from '../../dialogs/chart.ts';
import type { Palette } from './palette.ts';

const FONT = 'Be Vietnam Pro, sans-serif';
const FONT_SIZE = 12;
const LABEL_MARGIN = 16;
const LABEL_CHARACTER = 7;
/** Room beside a bar for words such as `1.250 kWh, 3.456.789 đ`; a factory's are longer. */
const LEAST_FIGURES_WIDTH = 158;

/** Lying bars, one a bill, oldest on top, each with its figures in words beside it: that reads on a narrow phone, too. */
export function barOption({ months }: Chart, palette: Palette): EChartsCoreOption {
  const kinds = [undefined, 'asked', 'compared'] as const;
  const shown = kinds.filter((mark) => months.some((month) => month.mark === mark));
  const text = { color: palette.text, fontFamily: FONT, fontSize: FONT_SIZE };
  const longestFigures = Math.max(...months.map((month) => monthFigures(month).length));
  const longestLabel = Math.max(...months.map(({ label }) => label.length));
  return {
    animation: false,
    textStyle: { fontFamily: FONT },
    grid: {
      left: LABEL_MARGIN + longestLabel * LABEL_CHARACTER,
      right: Math.max(LEAST_FIGURES_WIDTH, longestFigures * LABEL_CHARACTER),
      top: 4,
      bottom: shown.length > 1 ? 34 : 8,
    },
    legend: {
      show: shown.length > 1,
      silent: true,
      bottom: 0,
      left: 0,
      itemWidth: 12,
      itemHeight: 12,
      textStyle: text,
    },
    xAxis: { type: 'value', show: false, min: 0, splitLine: { show: false } },
    yAxis: {
      type: 'category',
      inverse: true,
      data: months.map(({ label }) => label),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: palette.line } },
      axisLabel: { ...text, interval: 0 },
    },
    series: shown.map((mark): BarSeriesOption => {
      return {
        type: 'bar',
        name: mark === undefined ? 'các kỳ khác' : MARK_WORDS[mark],
        stack: 'one row',
        silent: true,
        barWidth: '62%',
        itemStyle: { color: palette[mark ?? 'plain'], borderRadius: [0, 3, 3, 0] },
        label: { ...text, show: true, position: 'right', distance: 6, ...(mark && { fontWeight: 'bold' }) },
        data: months.map((month) => barOf(month, mark)),
      };
    }),
  };
}

/** A bill stands in the series of its mark alone. */
function barOf(month: ChartMonth, mark: ChartMonth['mark']) {
  const isHere = month.mark === mark;
  return isHere
    ? { value: month.kwh ?? 0, label: { formatter: monthFigures(month) } }
    : { value: '-', label: { show: false } };
}
