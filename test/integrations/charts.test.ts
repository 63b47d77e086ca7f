import { describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { chartRows } from '../../src/dialogs/chart.ts';
import { drawChart } from '../../src/integrations/charts/draw-chart.ts';
import { createPainter, paintChart } from '../../src/integrations/charts/paint-chart.ts';
import { ON_WHITE } from '../../src/integrations/charts/palette.ts';
import { SAMPLE_CHART } from '../support/sample-chart.ts';

const MEGABYTE = 1024 * 1024;

describe('the drawing of a chart', () => {
  test('has its words, its labels and its figures, and says them to a screen reader', async () => {
    const svg = await drawChart(SAMPLE_CHART);
    expect(svg).toMatch(/^<svg role="img" /);
    expect(svg).toContain(`<title>${SAMPLE_CHART.title}</title>`);
    expect(svg).toContain('<desc>Mã khách hàng PB06010001234. Tổng &amp; bình quân &lt;tính theo hóa đơn&gt;.</desc>');
    const written = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, words]) => words);
    const rows = chartRows(SAMPLE_CHART).flatMap(({ label, words }) => [label, words.replace(/ \(.*\)/, '')]);
    expect(written.sort()).toEqual([...rows, 'các kỳ khác', 'kỳ đang xem', 'kỳ so sánh'].sort());
  });

  test('stands in a page with a strict policy, more than once: no styles, no scripts, no ids', async () => {
    const svg = await drawChart(SAMPLE_CHART);
    expect(svg).not.toMatch(/<style|style=|<script|\son\w+=|\sid=|class=/);
  });

  test('takes the colours of the page where it stands, those on white in a picture', async () => {
    expect(await drawChart(SAMPLE_CHART)).toContain(`var(--chart-asked, ${ON_WHITE.asked})`);
    const onWhite = await drawChart(SAMPLE_CHART, ON_WHITE);
    expect(onWhite).not.toMatch(/var\(|currentColor/);
    for (const colour of Object.values(ON_WHITE)) {
      expect(onWhite).toContain(colour);
    }
  });

  test('needs no legend where no month is marked', async () => {
    const months = SAMPLE_CHART.months.map(({ mark: _mark, ...month }) => month);
    expect(await drawChart({ ...SAMPLE_CHART, months })).not.toContain('các kỳ khác');
  });
});

describe('the picture of a chart', () => {
  test('is a PNG in the colours of the chart that fits into any channel', async () => {
    const png = await paintChart(SAMPLE_CHART);
    expect(png.length).toBeLessThan(MEGABYTE / 2);
    const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    expect([info.width > 1_000, info.height > 1_000]).toEqual([true, true]);
    const seen = new Set<string>();
    for (let at = 0; at < data.length; at += 3) {
      seen.add(`#${data.subarray(at, at + 3).toString('hex')}`);
    }
    expect([...Object.values(ON_WHITE), '#ffffff'].filter((colour) => !seen.has(colour))).toEqual([]);
  });

  test('is painted smaller for a channel that takes less', async () => {
    const { width, height } = await sharp(await paintChart(SAMPLE_CHART, 500)).metadata();
    expect(Math.max(width, height)).toBeLessThanOrEqual(500);
    expect(Math.max(width, height)).toBeGreaterThan(490);
  });

  test('is not there when painting fails, and the operator hears of it', async () => {
    const heard: string[] = [];
    const paint = createPainter(
      async () => {
        throw new Error('no such module');
      },
      (words) => heard.push(words),
    );
    expect(await paint(SAMPLE_CHART)).toBeUndefined();
    expect(heard).toEqual([expect.stringContaining('@resvg/resvg-js')]);
  });
});
