import type { Chart } from '../../dialogs/chart.ts';
import { barOption } from './bar-option.ts';
import { OF_THE_PAGE, type Palette } from './palette.ts';
import { renderSvg } from './render-svg.ts';

export const CHART_WIDTH = 336;
const ROW_HEIGHT = 26;
const FRAME_HEIGHT = 44;

/** A chart as an SVG, in the colours of the page where it stands. */
export function drawChart(chart: Chart, palette: Palette = OF_THE_PAGE): Promise<string> {
  const { title, description, months } = chart;
  const height = months.length * ROW_HEIGHT + FRAME_HEIGHT;
  return renderSvg(barOption(chart, palette), { title, description, width: CHART_WIDTH, height });
}
