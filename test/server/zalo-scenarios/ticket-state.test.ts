import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
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

test(
  'a state that a file brings is told on Zalo, in words or as a template by phone, once however often the file is imported',
  async () => {
    const stage = await startScenario();
    const { control } = stage;
    const { id } = control.createUser();
    const stranger = control.createUser({ phone: '84912345678' });
    await ask(stage, id, 'chào em');
    const tickets = createSqliteTicketStore(stage.db);
    await tickets.open(sampleTicket({ number: 'SC1', conversationId: stage.conversationOf(id) }));
    await tickets.open(sampleTicket({ number: 'SC2', phone: '0912345678' }));
    const file = join(dirname(stage.db.sqlite.name), 'tickets.csv');
    const at = new Date(stage.now()).toISOString();
    const rows = ['SC1', 'SC2'].map((number) => `${number},outage,in_progress,Báo mất điện,${at},${stepsAt(at)}`);
    await writeFile(file, `number,kind,state,summary,createdAt,history\n${rows.join('\n')}\n`);
    const told = (userId: string) =>
      control.transcript(userId).filter(({ text }) => text?.includes('đã chuyển sang trạng thái'));
    const news = stage.db.sqlite.prepare<[], number>('SELECT count(*) FROM ticket_news').pluck();
    const read = async () => {
      await importFile(stage.db.sqlite.name, file);
      await stage.jump(LOOK_MS);
      await eventually(() => news.get() === 0);
    };
    await read();
    await eventually(() => told(id).length === 1 && told(stranger.id).length === 1);
    expect([told(id)[0]?.text, told(stranger.id)[0]?.kind]).toEqual([`${WORDS}Đang xử lý.`, 'template']);
    await read();
    // Whatever there was to send is out once the process has ended in order.
    await stage.server().stop();
    expect([told(id).length, told(stranger.id).length]).toEqual([1, 1]);
  },
  SCENARIO_TIMEOUT_MS,
);

/** The service looks for news every ten seconds. */
const LOOK_MS = 11_000;

function stepsAt(at: string): string {
  return `"${JSON.stringify([{ at, state: 'in_progress' }]).replaceAll('"', '""')}"`;
}

/** As the utility's own system does, while the service runs. */
async function importFile(databasePath: string, file: string): Promise<void> {
  const script = join(import.meta.dirname, '../../../scripts/import.ts');
  await promisify(execFile)(process.execPath, [script, '--db', databasePath, file], {
    env: { PATH: process.env['PATH'], NODE_OPTIONS: '' },
  });
}
