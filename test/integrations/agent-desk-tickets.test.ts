import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { TellOutcome } from '../../src/bot/notices/notice.ts';
import type { Ticket } from '../../src/bot/records.ts';
import { withBrowser } from '../support/chromium.ts';
import { PAGE_TIMEOUT_MS, useDeskPage } from '../support/desk-page-bench.ts';
import { type DeskCaller, type DeskServer, startDesk } from '../support/desk-server.ts';
import { sampleTicket } from '../support/sample-records.ts';
import { seriousFaults } from '../support/serious-faults.ts';

const ID = 'zalo:1:7';
const told: Ticket[] = [];
let outcome: TellOutcome = { result: 'told', conversationId: ID };
let desk: DeskServer;
let lan: DeskCaller;

beforeEach(async () => {
  told.length = 0;
  outcome = { result: 'told', conversationId: ID };
  desk = await startDesk({
    records: { tickets: [sampleTicket({ number: 'SC1', conversationId: ID })] },
    async tellTicketState(ticket) {
      told.push(ticket);
      return [outcome];
    },
  });
  await desk.addAgent('lan', 'Chị Lan');
  await desk.addAgent('partner', 'Tổ thuê ngoài', 'partner');
  lan = await desk.as('lan');
  desk.conversations.add(ID, { messages: [{ author: 'customer', content: { text: 'mất điện' } }] });
});
afterEach(() => desk.close());

const change = (more: object = {}, caller = lan) =>
  caller.post('/desk/api/ticket-state', {
    ...{ key: 'khoa-so-1', number: 'SC1', state: 'in_progress', seen: 1, tellsCustomer: true, ...more },
  });
const ticketAtDesk = async () => (await lan.get(`/desk/api/side-panel?id=${encodeURIComponent(ID)}`)).json().tickets[0];

test('a ticket gets its new state, with who and why in its history and the audit log, and its customer is told', async () => {
  desk.clock.advance(60_000);
  const answer = await change({ note: 'Đội 2 đang đi, gọi 0912345678' });
  expect([answer.statusCode, answer.json()]).toEqual([200, { state: 'in_progress', customer: { result: 'told' } }]);
  expect(await ticketAtDesk()).toMatchObject({
    state: 'in_progress',
    history: [
      { state: 'open' },
      { at: desk.clock.now(), state: 'in_progress', by: 'Chị Lan', note: 'Đội 2 đang đi, gọi *******678' },
    ],
  });
  expect(told).toMatchObject([{ number: 'SC1', state: 'in_progress' }]);
  expect((await desk.audit.entries({ limit: 1 }))[0]).toMatchObject({
    ...{ action: 'change_ticket', actorId: 'id-lan', subject: 'SC1', reason: 'in_progress' },
  });
});

test('a note only is kept from the customer, who is not told when the agent does not want it', async () => {
  expect((await change({ tellsCustomer: false })).json()).toEqual({
    ...{ state: 'in_progress', customer: { result: 'not_told' } },
  });
  expect(told).toEqual([]);
});

test('an agent who has not seen the last change is told so', async () => {
  await change();
  const late = await change({ key: 'khoa-so-2', state: 'done' });
  expect([late.statusCode, late.json().code]).toEqual([409, 'stale_ticket']);
  expect((await ticketAtDesk()).state).toBe('in_progress');
});

test('the same request again changes nothing and finishes the telling', async () => {
  await change();
  const again = await change();
  expect([again.statusCode, told.length]).toEqual([200, 2]);
  expect((await ticketAtDesk()).history).toHaveLength(2);
  expect((await desk.audit.entries({ limit: 9 })).filter(({ action }) => action === 'change_ticket')).toHaveLength(1);
});

test('the agent reads until when the telling waits', async () => {
  outcome = { result: 'deferred', until: 5_000 };
  expect((await change()).json().customer).toEqual({ result: 'deferred', until: 5_000 });
  outcome = { result: 'skipped', reason: 'unreachable' };
  expect((await change({ key: 'khoa-so-3', state: 'done', seen: 2 })).json().customer).toEqual({ result: 'not_told' });
});

test('partners change none, and there must be one', async () => {
  expect((await change({}, await desk.as('partner'))).statusCode).toBe(403);
  expect((await change({ number: 'SC0' })).statusCode).toBe(404);
});

describe('on the page', () => {
  const bench = useDeskPage();

  test(
    'the state is changed in the side panel, and its history read there',
    () =>
      withBrowser(async (browser) => {
        const { page } = await bench.logIn(browser, 'lan', { width: 1400, height: 900 });
        await bench.openWaiting(page, /boc khoi/);
        await page
          .getByRole('button', { name: /Đổi trạng thái phiếu/ })
          .first()
          .click();
        const dialog = page.getByRole('dialog');
        await dialog.getByText('Đang xử lý').click();
        await dialog.getByLabel('Ghi chú nội bộ (khách không thấy)').fill('Đã giao đội 2');
        expect(await seriousFaults(page)).toEqual([]);
        await dialog.getByRole('button', { name: 'Đổi trạng thái' }).click();
        await page.getByText('nhưng không có kênh nào báo được cho khách').waitFor();
        await page
          .getByRole('list', { name: /Quá trình xử lý/ })
          .getByText('Đang xử lý (Chị Lan) Đã giao đội 2')
          .waitFor();
      }),
    PAGE_TIMEOUT_MS,
  );
});
