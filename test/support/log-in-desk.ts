import type { Page } from 'playwright-core';

/** Logs an agent of `startDesk` in at the log-in page. */
export async function logInDesk(page: Page, login: string): Promise<void> {
  await page.getByLabel('Tên đăng nhập').fill(login);
  await page.getByLabel('Mật khẩu').fill(`pw-${login}`);
  await page.getByRole('button', { name: 'Đăng nhập' }).click();
}
