import { describe, expect, test } from '@jest/globals';
import { PHONE, withBrowser } from '../support/chromium.ts';
import { useDispatchDesk } from '../support/dispatch-desk.ts';
import { sampleIncident } from '../support/sample-records.ts';
import { seriousFaults } from '../support/serious-faults.ts';

const TIMEOUT_MS = 60_000;

describe('the page of incidents', () => {
  const dispatch = useDispatchDesk();

  test(
    'a dispatcher makes an incident, gives a time of return with its source, and ends it; the history has it all',
    () =>
      withBrowser(async (browser) => {
        const { page, problems } = await dispatch.logIn(browser, 'dung');
        await page.getByRole('button', { name: 'Lập sự cố' }).click();
        await page.getByLabel('Khu vực, như nói với khách').fill('Bến Lức: ấp 3 dọc Quốc lộ 1');
        await page.getByLabel('Tỉnh, thành phố (tên cũ hoặc mới)').fill('Long An');
        await page.getByLabel('Xã, phường, cách nhau bằng dấu phẩy').fill('Bến Lức, Thạnh Đức');
        await page.getByLabel('Mất điện từ').fill('2026-11-28T19:30');
        expect(await seriousFaults(page)).toEqual([]);
        await page.getByRole('button', { name: 'Lưu' }).click();
        await page.getByText('chưa có giờ dự kiến có điện').waitFor();
        await page.getByRole('button', { name: 'Sửa…' }).click();
        await page.getByLabel('Dự kiến có điện (để trống nếu chưa ai nói)').fill('2026-11-28T21:00');
        expect(await page.getByRole('button', { name: 'Lưu' }).isDisabled()).toBe(true);
        await page.getByLabel('Giờ dự kiến do ai báo').fill('Điều độ Bến Lức');
        await page.getByRole('button', { name: 'Lưu' }).click();
        await page.getByText('dự kiến có điện 21:00 28/11/2026 (theo Điều độ Bến Lức)').waitFor();
        await page.getByRole('button', { name: 'Kết thúc…' }).click();
        await page.getByRole('radio', { name: 'Đã có điện lại' }).check({ force: true });
        await page.getByLabel('Có điện lại lúc').fill('2026-11-28T19:55');
        await page.getByRole('button', { name: 'Kết thúc', exact: true }).click();
        await page.getByText('có điện lại lúc 19:55').waitFor();
        await page.getByRole('button', { name: 'Lịch sử' }).click();
        await page.getByText('Bản 3', { exact: true }).waitFor();
        expect(await page.getByRole('listitem').filter({ hasText: /^Bản/ }).allInnerTexts()).toHaveLength(3);
        const [ended] = await dispatch.desk.incidents.endedIncidents(0, 5);
        expect(ended).toMatchObject({
          version: 3,
          state: 'restored',
          startedAt: Date.parse('2026-11-28T19:30:00+07:00'),
          restoredAt: Date.parse('2026-11-28T19:55:00+07:00'),
          area: { communes: ['Bến Lức', 'Thạnh Đức'] },
        });
        expect(problems).toEqual([]);
      }),
    TIMEOUT_MS,
  );

  test(
    'who was slower is told whose version stands there, and keeps what was filled in',
    () =>
      withBrowser(async (browser) => {
        const incident = sampleIncident({
          id: 'SK1',
          startedAt: dispatch.desk.clock.now() - 600_000,
          state: 'suspected',
        });
        const reasons = ['12 báo cùng xuất tuyến 471-BL trong 5 phút'];
        await dispatch.desk.incidents.append({ ...incident, reasons });
        const { page } = await dispatch.logIn(browser, 'dung', PHONE);
        await page.getByText('Vì sao: 12 báo cùng xuất tuyến 471-BL trong 5 phút').waitFor();
        await page.getByRole('button', { name: 'Xác nhận…' }).click();
        await page.getByLabel('Nguyên nhân (nếu đã biết)').fill('Cây ngã');
        const changedBy = { kind: 'agent', id: 'id-hanh', name: 'Chị Hạnh' } as const;
        await dispatch.desk.incidents.append({ ...incident, state: 'ongoing', version: 2, changedBy });
        await page.getByRole('button', { name: 'Xác nhận', exact: true }).click();
        await page.getByText('Chị Hạnh vừa sửa sự cố này (bản 2).').waitFor();
        expect(await page.getByLabel('Nguyên nhân (nếu đã biết)').inputValue()).toBe('Cây ngã');
        expect(await dispatch.desk.incidents.incidentVersions('SK1')).toHaveLength(2);
      }),
    TIMEOUT_MS,
  );

  test(
    'an agent reads it beside the conversations, and changes nothing',
    () =>
      withBrowser(async (browser) => {
        await dispatch.desk.incidents.append(
          sampleIncident({ id: 'SK1', startedAt: dispatch.desk.clock.now() - 600_000 }),
        );
        const { page } = await dispatch.logIn(browser, 'lan');
        await page.getByRole('link', { name: 'Sự cố' }).click();
        await page.getByText('Khu phố 2').waitFor();
        expect(await page.getByRole('button', { name: /Sửa|Kết thúc|Lập/ }).count()).toBe(0);
        expect(await seriousFaults(page)).toEqual([]);
      }),
    TIMEOUT_MS,
  );

  test(
    'an agent answers all who wait about one incident from one line, and sees who stays by himself',
    () =>
      withBrowser(async (browser) => {
        const now = dispatch.desk.clock.now();
        await dispatch.desk.incidents.append(sampleIncident({ id: 'SK1', startedAt: now - 600_000 }));
        const waits = async (name: string, priority: 'normal' | 'emergency') => {
          const conversationId = `web:main:${name}`;
          const of = { incidentId: 'SK1', conversationId, reportedAt: now, reasons: [] };
          await dispatch.desk.reports.link({ ...of, isVulnerable: false });
          dispatch.desk.conversations.add(conversationId, {
            messages: [{ author: 'customer', content: { text: 'cho gặp nhân viên' } }],
            state: { holder: 'queue', epoch: 1, waitingSince: now - 60_000, priority },
          });
        };
        await waits('a', 'normal');
        await waits('b', 'normal');
        await waits('danger', 'emergency');
        const { page, problems } = await dispatch.logIn(browser, 'lan');
        await page.getByText('2 cuộc chờ').waitFor();
        expect(await page.getByRole('option').count()).toBe(1);
        expect(await seriousFaults(page)).toEqual([]);
        const line = page.getByRole('button', { name: /Khu phố 2.*cuộc chờ/ });
        expect(await line.getAttribute('aria-expanded')).toBe('false');
        await line.focus();
        await page.keyboard.press('Enter');
        const members = page.getByRole('listbox', { name: /^Chờ về .*Khu phố 2/ }).getByRole('option');
        await members.first().waitFor();
        expect([await members.count(), await line.getAttribute('aria-expanded')]).toEqual([2, 'true']);
        expect(await seriousFaults(page)).toEqual([]);
        await page.keyboard.press('Tab');
        await page.keyboard.press('Tab');
        await page.keyboard.press('Enter');
        await page.getByRole('log').getByText('cho gặp nhân viên').waitFor();
        await waits('c', 'normal');
        await page.getByText('3 cuộc chờ').waitFor();
        await members.nth(2).waitFor();
        await line.click();
        expect([await members.count(), await line.getAttribute('aria-expanded')]).toEqual([0, 'false']);
        await page.getByRole('button', { name: 'Trả lời chung…' }).click();
        await page.getByRole('textbox', { name: 'Nội dung' }).fill('Dạ, đội đang xử lý ạ.');
        await page.getByRole('button', { name: 'Gửi cho tất cả' }).click();
        await page.getByText('Đã trả lời 3 cuộc.').waitFor();
        expect((await dispatch.desk.conversations.store.head('web:main:a'))?.state.holder).toBe('bot');
        expect(problems).toEqual([]);
      }),
    TIMEOUT_MS,
  );
});
