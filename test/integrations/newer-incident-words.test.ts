import { expect, test } from '@jest/globals';
import type { Incident } from '../../src/bot/incidents/incident.ts';
import type { TrackedMessage } from '../../src/bot/message.ts';
import type { Reply } from '../../src/dialogs/reply.ts';
import { incidentProvenance, incidentSentences } from '../../src/integrations/actions/incident-words.ts';
import { createNewerIncidentWords } from '../../src/integrations/actions/newer-incident-words.ts';
import { outageRow } from '../../src/integrations/actions/outage-words.ts';
import { incidentAsOutage } from '../../src/integrations/storage/incident-as-outage.ts';
import { openDatabase } from '../../src/integrations/storage/sqlite/database.ts';
import { createSqliteIncidentRecords } from '../../src/integrations/storage/sqlite/incident-records.ts';
import { sampleIncident } from '../support/sample-records.ts';

const NOW = Date.parse('2026-11-28T09:00:00+07:00');
const RETURN = { at: NOW + 3_600_000, source: 'Điều độ Bến Lức' };
const FIRST = sampleIncident({ id: 'SK1', startedAt: NOW - 600_000, updatedAt: NOW, expectedReturn: RETURN });
const LATER = { ...RETURN, at: NOW + 7_200_000 };

function messageOf(reply: Reply, told: Incident): TrackedMessage {
  const provenance = [{ ...incidentProvenance(told), contentVersion: 'c1' }];
  const head = { seq: 4, direction: 'out', author: 'bot', at: NOW, epoch: 0, version: 2 } as const;
  return { ...head, conversationId: 'zalo:main:k1', reply, provenance };
}

async function newerOf(reply: Reply, ...versions: readonly Incident[]) {
  const db = openDatabase({ path: ':memory:' });
  const incidents = createSqliteIncidentRecords(db);
  for (const version of [FIRST, ...versions]) {
    await incidents.append(version);
  }
  const find = createNewerIncidentWords({ incidents, clock: { now: () => NOW + 60_000 } });
  return find(messageOf(reply, FIRST)).finally(() => db.close());
}

const CHOICES = [{ label: 'Tôi hiểu rồi', value: 'understood' }];
const TOLD: Reply = { kind: 'choices', text: `Dạ, ${incidentSentences(FIRST, NOW)} Xin chờ ạ.`, choices: CHOICES };
const changed = (change: Partial<Incident>): Incident => ({ ...FIRST, version: 2, updatedAt: NOW + 30_000, ...change });

test('a message goes out as it is while its version is the newest, or when it tells nothing of the incident', async () => {
  expect(await newerOf(TOLD)).toBeUndefined();
  const number: Reply = { kind: 'text', text: 'Số phiếu SC261128-0001, lúc 09:00.' };
  expect(await newerOf(number, changed({ expectedReturn: LATER }))).toBeUndefined();
});

test('of an open incident the newer return is told in the same words, with its version', async () => {
  const newer = await newerOf(TOLD, changed({ expectedReturn: LATER }));
  expect(newer?.reply).toMatchObject({ kind: 'choices', choices: CHOICES });
  expect(newer?.reply).toMatchObject({ text: expect.stringMatching(/^Dạ, Khu vực: .+ lúc 11:00 .+ Xin chờ ạ\.$/) });
  expect(newer?.provenance).toMatchObject([{ record: 'incident', id: 'SK1', version: '2' }]);
});

test.each<[Partial<Incident>, string]>([
  [
    { state: 'restored', restoredAt: NOW + 20_000 },
    'Dạ, điện lực báo đã cấp điện trở lại cho Khu phố 2 lúc 09:00 thứ Bảy 28/11/2026.',
  ],
  [
    { state: 'cancelled' },
    'Dạ, điện lực đã kiểm tra và không ghi nhận sự cố ở Khu phố 2. Cập nhật lúc 09:00 thứ Bảy 28/11/2026.',
  ],
])('of one that has ended the end is told: %j', async (end, text) => {
  expect((await newerOf(TOLD, changed(end)))?.reply).toEqual({ kind: 'text', text });
});

test('of one that was merged the other one is told', async () => {
  const other = sampleIncident({ id: 'SK2', startedAt: NOW, updatedAt: NOW, expectedReturn: LATER });
  const newer = await newerOf(TOLD, other, changed({ state: 'merged', mergedInto: 'SK2' }));
  expect(newer?.provenance).toMatchObject([{ id: 'SK2', version: '1' }]);
});

test('in a list of outages its line is changed and the others stay', async () => {
  const other = { label: 'Lịch', value: 'ấp 3' };
  const card: Reply = { kind: 'card', title: 'Mất điện', rows: [outageRow(incidentAsOutage(FIRST), NOW), other] };
  const newer = await newerOf(card, changed({ expectedReturn: LATER }));
  expect(newer?.reply).toMatchObject({ rows: [{ value: expect.stringContaining('lúc 11:00') }, other] });
});
