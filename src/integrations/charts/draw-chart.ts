import type { Chart } from '../../dialogs/chart.ts';
import { barOption } from './bar-option.ts';
import { OF_THE_PAGE, type Palette } from './palette.ts';

export const CHART_WIDTH = 336;
const ROW_HEIGHT = 26;
const FRAME_HEIGHT = 44;

let library: Promise<typeof import('echarts/core')> | undefined;

/** The drawing library takes most of a second to load: only who draws waits for it. */
async function loadLibrary(): Promise<typeof import('echarts/core')> {
  const [core, { BarChart }, { GridComponent, LegendComponent }, { SVGRenderer }] = await Promise.all([
    import('echarts/core'),
    import('echarts/charts'),
    import('echarts/components'),
    import('echarts/renderers'),
  ]);
  core.use([BarChart, GridComponent, LegendComponent, SVGRenderer]);
  return core;
}

/**
 * A chart as an SVG that says its title and description to a screen reader, in the colours of the page where it stands.
 * It has no ids, styles or scripts, so it may stand in a page with a strict policy, more than once.
 */
export async function drawChart(chart: Chart, palette: Palette = OF_THE_PAGE): Promise<string> {
  library ??= loadLibrary();
  const { init } = await library;
  const height = chart.months.length * ROW_HEIGHT + FRAME_HEIGHT;
  const canvas = init(null, null, { renderer: 'svg', ssr: true, width: CHART_WIDTH, height });
  try {
    canvas.setOption(barOption(chart, palette));
    return spoken(withoutStyles(canvas.renderToSVGString({ useViewBox: true })), chart);
  } finally {
    canvas.dispose();
  }
}

/** A page's policy refuses style blocks and style attributes: their declarations become attributes of their own. */
function withoutStyles(svg: string): string {
  return svg
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/ (?:class|ecmeta_\w+|pointer-events|baseProfile)="[^"]*"/g, '')
    .replace(/ style="([^"]*)"/g, (_, declarations: string) => declarations.replace(/([\w-]+):([^;]*);?/g, ' $1="$2"'));
}

function spoken(svg: string, { title, description }: Chart): string {
  const words = `<title>${escapeXml(title)}</title><desc>${escapeXml(description)}</desc>`;
  return svg.replace(/^<svg [^>]*>/, (start) => `${start.replace('<svg ', '<svg role="img" ')}${words}`);
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
