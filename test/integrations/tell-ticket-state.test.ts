import { expect, test } from '@jest/globals';
import type { Notice, Recipient } from '../../src/bot/notices/notice.ts';
import type { Ticket } from '../../src/bot/records.ts';
import { loadNoticeTemplates } from '../../src/integrations/notices/load-notice-templates.ts';
import { createTellImportedStates } from '../../src/integrations/notices/tell-imported-states.ts';
import { createTellTicketState } from '../../src/integrations/notices/tell-ticket-state.ts';
import { openDatabase } from '../../src/integrations/storage/sqlite/database.ts';
import { createSqliteTicketNews } from '../../src/integrations/storage/sqlite/ticket-news.ts';
import { createSqliteTicketStore } from '../../src/integrations/storage/sqlite/ticket-store.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { sampleTicket } from '../support/sample-records.ts';

const PHONE = '0912345678';
const sms = { conversationWith: (phone: string) => `sms:main:${phone}` };
const zalo = (takes: boolean) => ({
  conversationWith: (phone: string) => (phone.startsWith('0') ? `zalo:1:phone:${phone}` : undefined),
  takesTemplate: (name: string) => takes && name === 'ticket_state',
});

/** Whom a ticket's state is told to; `takes`: whether Zalo has the template. */
async function tellsWhom(change: Partial<Ticket>, takes = true) {
  const told: (readonly [Recipient, Notice])[] = [];
  const tellTicketState = createTellTicketState({
    async tell(recipient, notice) {
      told.push([recipient, notice]);
      return { result: 'told', conversationId: recipient.conversationId };
    },
    noticeTemplates: loadNoticeTemplates(),
    adapters: new Map<string, object>([
      ['web', {}],
      ['sms', sms],
      ['zalo', zalo(takes)],
    ]),
  });
  const history = [1, 2].map((at) => ({ at, state: 'open' }));
  const outcomes = await tellTicketState(sampleTicket({ number: 'SC1', state: 'done', history, ...change }));
  expect(outcomes).toHaveLength(told.length);
  return told;
}

const whom = async (change: Partial<Ticket>, takes?: boolean) =>
  (await tellsWhom(change, takes)).map(([recipient]) => recipient);

test('a state is told once for each step of the history, in words and as a template', async () => {
  const [[, notice] = []] = await tellsWhom({ conversationId: 'zalo:1:7' });
  expect(notice).toMatchObject({
    ...{ event: 'ticket/SC1/2', topic: 'ticket' },
    replies: [
      {
        text: 'Yêu cầu SC1 của quý khách đã chuyển sang trạng thái: Đã xử lý xong.',
        template: { name: 'ticket_state', values: { ticket: 'SC1', state: 'Đã xử lý xong' } },
      },
    ],
  });
});

test('it goes to the conversation of the ticket, which has the phone to fall back to', async () => {
  expect(await whom({ conversationId: 'zalo:1:7', phone: PHONE })).toEqual([
    { conversationId: 'zalo:1:7', phone: PHONE },
  ]);
  expect(await whom({ conversationId: 'telegram:1:7' })).toEqual([{ conversationId: 'telegram:1:7' }]);
});

test('whoever wrote on the web is reached by phone too, as a template where Zalo has it', async () => {
  const ticket = { conversationId: 'web:main:v', phone: PHONE };
  expect(await whom(ticket)).toEqual([
    { conversationId: 'web:main:v', phone: PHONE },
    { conversationId: `zalo:1:phone:${PHONE}`, phone: PHONE },
  ]);
  expect((await whom(ticket, false))[1]).toEqual({ conversationId: `sms:main:${PHONE}`, phone: PHONE });
});

test('a ticket without a conversation is told by phone, and one without both to nobody', async () => {
  expect(await whom({ phone: PHONE })).toEqual([{ conversationId: `zalo:1:phone:${PHONE}`, phone: PHONE }]);
  expect(await whom({})).toEqual([]);
});

test('what an import has changed is told once it is true, and forgotten then or after a day', async () => {
  const db = openDatabase({ path: ':memory:' });
  const [ticketNews, tickets] = [createSqliteTicketNews(db), createSqliteTicketStore(db)];
  const clock = createManualClock();
  const at = clock.now();
  await tickets.open(sampleTicket({ number: 'SC1', state: 'done' }));
  await tickets.open(sampleTicket({ number: 'SC2', state: 'open' }));
  await ticketNews.put(['SC1', 'SC2', 'SC3'].map((number) => ({ number, state: 'done' as const, at })));
  const told: string[] = [];
  const tell = createTellImportedStates({
    ...{ ticketNews, tickets, clock },
    tellTicketState: async ({ number }) => {
      told.push(number);
      return [];
    },
  });
  await tell();
  clock.advance(60_000);
  await tell();
  expect(told).toEqual(['SC1']);
  expect((await ticketNews.list(9)).map(({ number }) => number)).toEqual(['SC2', 'SC3']);
  clock.advance(86_400_000);
  await tell();
  expect([told, await ticketNews.list(9)]).toEqual([['SC1'], []]);
  await db.close();
});
