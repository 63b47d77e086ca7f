import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openPage, PHONE } from '../../test/support/chromium.ts';
import { SCENE } from '../../test/support/desk-scene.ts';
import type { DeskServer } from '../../test/support/desk-server.ts';
import { sampleIncident } from '../../test/support/sample-records.ts';
import { SITE_CONTACTS, tellSites } from '../../test/support/site-notice-scene.ts';
import { sampleFigures } from './sample-figures.ts';

const HOUR_MS = 3_600_000;

interface LeaderPictures {
  readonly desk: DeskServer;
  readonly url: string;
  readonly folder: string;
  readonly logIn: (page: Page, login: string) => Promise<void>;
}

/** What only shift leaders see. */
export async function takeLeaderPictures(
  browser: Browser,
  { desk, url, folder, logIn }: LeaderPictures,
): Promise<void> {
  const now = desk.clock.now();
  desk.contacts.push(...sampleFigures(now));
  const hour = now - (now % HOUR_MS);
  ['bill_lookup', 'outage_report', 'none', 'tariff_info'].forEach((name, index) => {
    for (let before = 0; before < 8; before += 1) {
      const times = 3 + ((before * 7 + index * 5) % 11);
      desk.shift.counts.push({ hour: hour - before * HOUR_MS, kind: 'topic', name, times });
    }
  });
  const incidentId = 'SK261125-4K7Q2MRT';
  await desk.incidents.append(
    sampleIncident({
      ...{ id: incidentId, startedAt: now - HOUR_MS, updatedAt: now - HOUR_MS / 2 },
      area: { text: 'Phường Cao Lãnh: đường Nguyễn Trãi', province: 'Đồng Tháp', communes: ['Cao Lãnh'], feeders: [] },
    }),
  );
  for (const conversationId of [SCENE.outage, SCENE.bill, 'web:main:v_khac']) {
    const reasons = ['cùng nơi: Cao Lãnh'];
    await desk.reports.link({ incidentId, conversationId, reportedAt: now - 600_000, reasons, isVulnerable: false });
  }
  await tellSites(desk);
  await desk.siteNotices.confirm(SITE_CONTACTS.tam, now + HOUR_MS);

  const { page } = await openPage(browser, url, { width: 1280, height: 720 });
  const picture = (name: string) => page.screenshot({ path: join(folder, `${name}.png`) });
  const goTo = (name: string) => page.getByRole('link', { name }).click();
  await logIn(page, 'hanh');
  await goTo('Bảng ca trực');
  await page.getByRole('heading', { name: 'Bảng ca trực' }).waitFor();
  await page.locator('.board .drawing svg:visible').waitFor();
  await picture('board');
  const handOver = page.getByRole('heading', { name: /^Danh sách bàn giao/ });
  await handOver.scrollIntoViewIfNeeded();
  await picture('hand-over');
  await page
    .getByRole('button', { name: /^Giao / })
    .first()
    .click();
  await page.getByRole('dialog').waitFor();
  await picture('give');
  await page.keyboard.press('Escape');
  await goTo('Sự cố');
  await page.getByText('đường Nguyễn Trãi').first().waitFor();
  await picture('incidents');
  await goTo('Nhiều điểm');
  await page.getByText('Cần gọi', { exact: true }).waitFor();
  await picture('sites');
  await goTo('Số liệu');
  await page.locator('.figures-page .drawing svg:visible').waitFor();
  await picture('figures');
  await page.getByRole('region', { name: 'Chờ nhân viên' }).scrollIntoViewIfNeeded();
  await picture('figures-definitions');
  await goTo('Bot học');
  await page.getByRole('list', { name: 'Câu chờ xem' }).waitFor();
  await picture('learning');

  const phone = await openPage(browser, url, PHONE);
  await logIn(phone.page, 'hanh');
  await phone.page.getByRole('link', { name: 'Số liệu' }).click();
  await phone.page.locator('.figures-page .drawing svg:visible').waitFor();
  await phone.page.screenshot({ path: join(folder, 'phone-figures.png') });
}
