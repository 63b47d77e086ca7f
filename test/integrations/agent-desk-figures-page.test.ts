import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { withBrowser } from '../support/chromium.ts';
import { PAGE_TIMEOUT_MS, useDeskPage } from '../support/desk-page-bench.ts';
import { sampleContact } from '../support/sample-contact.ts';
import { seriousFaults } from '../support/serious-faults.ts';

const HOUR = 3_600_000;

describe('the page of figures', () => {
  const bench = useDeskPage();

  test(
    'shows a leader every figure with its whole and its definition, for the channel that he asks for, and gives him the file',
    () =>
      withBrowser(async (browser) => {
        const { contacts, clock } = bench.desk;
        const startedAt = clock.now() - 50 * HOUR;
        for (let index = 0; index < 30; index += 1) {
          contacts.push(sampleContact({ startedAt, isAnswered: index % 3 > 0, missed: Number(index % 3 === 0) }));
        }
        contacts.push(sampleContact({ startedAt, channel: 'web', topics: ['outage_report'] }));
        const report = { conversationId: 'web:main:a', at: startedAt, kind: 'reported', isVulnerable: false } as const;
        await bench.desk.reports.addReport({ ...report, id: 'report', where: {} }, []);
        const { page } = await bench.logIn(browser, 'hanh');
        await page.route('**/desk/api/figures?*', (route) => route.abort(), { times: 1 });
        await page.getByRole('link', { name: 'Số liệu' }).click();
        // Nobody looks at an empty page until the next minute.
        await page.getByText('Máy chủ chưa trả lời, đang thử lại…').waitFor();
        const ends = page.getByRole('region', { name: 'Kết quả', exact: true });
        await ends.waitFor();
        expect(await ends.textContent()).toContain('21 / 31 (68%)');
        expect(await ends.textContent()).toContain('sau 24 giờ khách không quay lại');
        expect(await page.locator('.drawing svg:visible').count()).toBe(1);
        const channels = page.getByRole('region', { name: 'Theo kênh' });
        expect(await channels.getByRole('row', { name: 'web' }).textContent()).toMatch(/0 \/ 1$/);
        expect(await seriousFaults(page)).toEqual([]);
        const [download] = await Promise.all([
          page.waitForEvent('download'),
          page.getByRole('button', { name: 'Xuất CSV' }).click(),
        ]);
        expect(readFileSync(await download.path(), 'utf8')).toMatch(
          /^\uFEFFNgày,Kênh,Chủ đề,[\s\S]*,Tra cứu hóa đơn,30,20,/,
        );
        await page.getByRole('combobox', { name: 'Kênh' }).selectOption('web');
        await ends.getByText('1 / 1').waitFor();
        await page.setViewportSize({ width: 360, height: 740 });
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
        const letters = await page.locator('.drawing svg:visible text').evaluateAll((texts) =>
          (texts as SVGTextElement[]).map((text) => ({
            words: text.textContent,
            size: Number.parseFloat(getComputedStyle(text).fontSize) * (text.getScreenCTM()?.a ?? 0),
            right: text.getBoundingClientRect().right,
          })),
        );
        expect(letters.filter(({ size, right }) => size < 11 || right > 360)).toEqual([]);
        const today = new Date(clock.now() + 7 * HOUR);
        expect(letters.map(({ words }) => words)).toContain(`${today.getUTCDate()}/${today.getUTCMonth() + 1}`);
      }),
    PAGE_TIMEOUT_MS,
  );
});
