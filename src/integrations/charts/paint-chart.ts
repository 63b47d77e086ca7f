import type { Chart } from '../../dialogs/chart.ts';
import { FONT_FILES } from '../fonts.ts';
import { CHART_WIDTH, drawChart } from './draw-chart.ts';
import { ON_WHITE } from './palette.ts';

/** Sharp on a phone that shows three dots for one. */
const SCALE = 3;
const MARGIN = 12;
/** How large the drawing says that it is. */
const FRAME = / width="(\d+)" height="(\d+)"(.*?)viewBox="[^"]*"/;

/**
 * A chart as a PNG on white, for channels that show pictures: some 120 KB for thirteen months. `longestSide`: the most
 * pixels that a channel takes, in width as in height.
 */
export async function paintChart(chart: Chart, longestSide = Number.POSITIVE_INFINITY): Promise<Uint8Array> {
  const [svg, { renderAsync }] = await Promise.all([drawChart(chart, ON_WHITE), import('@resvg/resvg-js')]);
  const [, width, height] = (FRAME.exec(svg) ?? []).map((side) => Number(side) + 2 * MARGIN);
  const scale = Math.min(SCALE, longestSide / Math.max(width ?? 0, height ?? 0));
  const picture = await renderAsync(withMargin(svg), {
    background: '#fff',
    fitTo: { mode: 'width', value: Math.floor((CHART_WIDTH + 2 * MARGIN) * scale) },
    font: {
      fontFiles: Object.values(FONT_FILES),
      loadSystemFonts: false,
      defaultFontFamily: 'Be Vietnam Pro',
    },
  });
  return picture.asPng();
}

/** A chart as a PNG; `undefined` when it cannot be painted, and must be told in words. */
export type TryToPaint = (chart: Chart) => Promise<Uint8Array | undefined>;

/** `onTrouble` gets the words that an operator reads. */
export function createPainter(
  paint: (chart: Chart) => Promise<Uint8Array>,
  onTrouble: (words: string) => void,
): TryToPaint {
  return (chart) =>
    paint(chart).catch(() => {
      onTrouble('a chart could not be painted and goes out in words: is the package @resvg/resvg-js whole?');
      return undefined;
    });
}

function withMargin(svg: string): string {
  return svg.replace(FRAME, (_, width, height, between) => {
    const [wide, high] = [Number(width) + 2 * MARGIN, Number(height) + 2 * MARGIN];
    return ` width="${wide}" height="${high}"${between}viewBox="${-MARGIN} ${-MARGIN} ${wide} ${high}"`;
  });
}
