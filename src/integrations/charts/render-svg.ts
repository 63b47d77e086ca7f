import type { EChartsCoreOption } from 'echarts/core';

export interface SvgFrame {
  readonly width: number;
  readonly height: number;
  /** What a screen reader says. */
  readonly title: string;
  readonly description: string;
}

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
 * A drawing of bars as an SVG that says its title and description to a screen reader. It has no ids, styles or scripts,
 * so it may stand in a page with a strict policy, more than once.
 */
export async function renderSvg(option: EChartsCoreOption, frame: SvgFrame): Promise<string> {
  library ??= loadLibrary();
  const { init } = await library;
  const { width, height } = frame;
  const canvas = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    canvas.setOption(option);
    return spoken(withoutStyles(canvas.renderToSVGString({ useViewBox: true })), frame);
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

function spoken(svg: string, { title, description }: SvgFrame): string {
  const words = `<title>${escapeXml(title)}</title><desc>${escapeXml(description)}</desc>`;
  return svg.replace(/^<svg [^>]*>/, (start) => `${start.replace('<svg ', '<svg role="img" ')}${words}`);
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
