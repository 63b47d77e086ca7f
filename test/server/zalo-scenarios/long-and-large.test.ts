import { expect, test } from '@jest/globals';
import { openDatabase } from '../../../src/integrations/storage/sqlite/database.ts';
import { createRecordsWriter } from '../../../src/integrations/storage/sqlite/records-writer.ts';
import { noisyPicture } from '../../support/pictures.ts';
import { sampleOutage } from '../../support/sample-records.ts';
import { openStageDesk } from '../../support/zalo-desk.ts';
import { ask, eventually, kept, SCENARIO_TIMEOUT_MS, shown, startScenario } from '../../support/zalo-stage.ts';

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;
const MEGABYTE = 1024 * 1024;
const LONGEST_PART = 2_000;

/** A customer who has written, and whom an agent has taken. */
async function startClaimed() {
  const stage = await startScenario();
  const { id } = stage.control.createUser();
  await ask(stage, id, 'chào em');
  const desk = await openStageDesk(stage);
  await desk.act('claim', id);
  return { stage, id, desk };
}

test(
  'scenario 10, words: an answer of 2,400 characters in NFD arrives in NFC',
  async () => {
    const { stage, id, desk } = await startClaimed();
    const sentence = 'Điện lực đã kiểm tra đường dây tại khu vực của anh chị và sẽ cấp điện trở lại trong hôm nay. ';
    let text = '';
    while ([...text.normalize('NFD')].length < 2_400) {
      text += sentence;
    }
    const inNfd = text.trim().normalize('NFD');
    const { status } = await desk.act('say', id, { text: inNfd, seenSeq: 0, force: true });
    expect(status).toBe(200);
    await eventually(() => shown(stage, id).some((line) => line.startsWith('Điện lực'.normalize('NFC'))));
    const line = shown(stage, id).at(-1) ?? '';
    expect([line, [...line].length <= LONGEST_PART]).toEqual([inNfd.normalize('NFC'), true]);
  },
  SCENARIO_TIMEOUT_MS,
);

test(
  'scenario 10, parts: an answer that has 2,400 characters in NFC comes in parts of at most 2,000, one after the other',
  async () => {
    const sentence = 'Cắt điện để thay dây dẫn và xà sứ tại khu vực này. ';
    const area = sentence.repeat(Math.ceil(2_400 / sentence.length)).trim();
    const stage = await startScenario({
      async prepare(path) {
        const db = openDatabase({ path });
        const from = Date.now() - DAY_MS * 365;
        const outage = {
          id: 'long',
          communes: ['Bến Lức'],
          area: area.normalize('NFD'),
          from,
          to: from + 3_650 * DAY_MS,
        };
        await db.write('outage', () => createRecordsWriter(db).outages(sampleOutage({ ...outage, state: 'ongoing' })));
        await db.close();
      },
    });
    const { id } = stage.control.createUser();
    await ask(stage, id, 'lịch cúp điện xã Bến Lức Tây Ninh');
    const heard = () => shown(stage, id).join(' ').split('thay dây dẫn').length - 1;
    await eventually(() => heard() === area.split('thay dây dẫn').length - 1);
    const parts = shown(stage, id);
    expect(parts.filter((part) => part !== part.normalize('NFC') || [...part].length > LONGEST_PART)).toEqual([]);
    expect(parts.join(' ')).toContain(area);
    const times = stage.control.transcript(id).filter(({ author }) => author === 'api');
    expect(times.map(({ at }) => at)).toEqual(times.map(({ at }) => at).toSorted((a, b) => a - b));
  },
  SCENARIO_TIMEOUT_MS,
);

test(
  'scenario 10, pictures: one of 1.4 MB is drawn smaller; eight days later, when Zalo has forgotten it, it is uploaded again',
  async () => {
    const { stage, id, desk } = await startClaimed();
    const { control } = stage;
    const picture = await noisyPicture(1_024);
    expect(picture.length).toBeGreaterThan(1.4 * MEGABYTE);
    const file = await desk.upload(id, 'duong-day.png', picture);
    const pictures = () => control.transcript(id).filter(({ kind }) => kind === 'image');
    const uploads = () => [...control.world().uploads.values()];
    await desk.act('say', id, { text: 'Em gửi anh ảnh đường dây ạ', file, seenSeq: 0, force: true });
    await eventually(() => pictures().length === 1);
    expect(uploads().map(({ size }) => size <= MEGABYTE)).toEqual([true]);

    await stage.jump(8 * DAY_MS);
    control.say(id, 'anh xem lại ảnh được không');
    await desk.logIn();
    await eventually(async () => (await kept(stage, id)).includes('customer: anh xem lại ảnh được không'));
    // Until the desk has noticed that the agent of eight days ago is gone.
    await eventually(async () => {
      await desk.act('claim', id);
      return (await desk.act('say', id, { text: 'Dạ đây ạ', file, seenSeq: 0, force: true })).status === 200;
    });
    await eventually(() => pictures().length === 2);
    expect(uploads()).toHaveLength(2);
    const addresses = pictures().map(({ attachments }) => JSON.stringify(attachments));
    expect(new Set(addresses).size).toBe(2);
  },
  SCENARIO_TIMEOUT_MS,
);
