import { expect, test } from '@jest/globals';
import type { Notice, Recipient } from '../../src/bot/notices/notice.ts';
import type { Ticket } from '../../src/bot/records.ts';
import { loadNoticeTemplates } from '../../src/integrations/notices/load-notice-templates.ts';
import { createTellTicketState } from '../../src/integrations/notices/tell-ticket-state.ts';
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
