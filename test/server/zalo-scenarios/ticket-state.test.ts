import { expect, test } from '@jest/globals';
import { dayOf, endOf, timeOf } from '../../../src/integrations/local-time.ts';
import { createSqliteTicketStore } from '../../../src/integrations/storage/sqlite/ticket-store.ts';
import { sampleTicket } from '../../support/sample-records.ts';
import { openStageDesk } from '../../support/zalo-desk.ts';
import { ask, eventually, SCENARIO_TIMEOUT_MS, startScenario } from '../../support/zalo-stage.ts';

const HOUR_MS = 60 * 60_000;
const WORDS = 'Yêu cầu SC1 của quý khách đã chuyển sang trạng thái: ';

test(
  "a ticket's state is told in ordinary words while the window is open, as a template after it, by phone without a conversation",
  async () => {
    const stage = await startScenario();
    const { control } = stage;
    // Out of the quiet hours, whatever the clock of this machine says.
    await stage.jump(timeOf(dayOf(endOf(dayOf(stage.now()))), '09:00') - stage.now());
    const { id } = control.createUser();
    const stranger = control.createUser({ phone: '84912345678' });
    await ask(stage, id, 'chào em');
    const tickets = createSqliteTicketStore(stage.db);
    await tickets.open(sampleTicket({ number: 'SC1', conversationId: stage.conversationOf(id) }));
    await tickets.open(sampleTicket({ number: 'SC2', phone: '0912345678' }));
    const desk = await openStageDesk(stage);
    const told = (userId: string) =>
      control
        .transcript(userId)
        .filter(({ text }) => text?.includes('đã chuyển sang trạng thái'))
        .map(({ kind, text }) => `${kind}: ${text}`);

    expect(await desk.changeTicket('SC1', 'in_progress', 1)).toEqual({
      ...{ status: 200, body: { state: 'in_progress', customer: { result: 'told' } } },
    });
    await eventually(() => told(id).length === 1);
    await stage.jump(8 * 24 * HOUR_MS);
    await desk.logIn();
    await desk.changeTicket('SC1', 'done', 2);
    await desk.changeTicket('SC2', 'done', 1);
    await eventually(() => told(id).length === 2 && told(stranger.id).length === 1);
    expect(told(id)).toEqual([`text: ${WORDS}Đang xử lý.`, `template: ${WORDS}Đã xử lý xong.`]);
    expect(told(stranger.id)).toEqual([`template: ${WORDS.replace('SC1', 'SC2')}Đã xử lý xong.`]);
    await stage.advance(HOUR_MS / 30);
    const delivered = async () => (await stage.messages(id)).at(-1)?.delivery;
    await eventually(async () => (await delivered()) === 'delivered' || (await delivered()) === 'read');
  },
  SCENARIO_TIMEOUT_MS,
);
