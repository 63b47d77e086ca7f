import { beforeEach, describe, expect, test } from '@jest/globals';
import { type ChangeIncident, createChangeIncident, factsOf } from '../../src/bot/incidents/change-incident.ts';
import type { IncidentAuthor, IncidentFacts, IncidentState } from '../../src/bot/incidents/incident.ts';
import { mayFollow } from '../../src/bot/incidents/incident.ts';
import type { IncidentRecords } from '../../src/bot/incidents/incident-records.ts';
import { createRandomIds } from '../../src/integrations/random-ids.ts';
import { openDatabase } from '../../src/integrations/storage/sqlite/database.ts';
import { createSqliteIncidentRecords } from '../../src/integrations/storage/sqlite/incident-records.ts';
import { sampleIncident } from '../support/sample-records.ts';

const DUNG: IncidentAuthor = { kind: 'agent', id: 'dung', name: 'Anh Dũng' };
const SYSTEM: IncidentAuthor = { kind: 'outage_system', id: 'outage_system', name: 'OMS' };
const FACTS: IncidentFacts = factsOf(sampleIncident({ id: '' }));
const STATES: readonly IncidentState[] = ['suspected', 'ongoing', 'restored', 'cancelled', 'merged'];

let now: number;
let incidents: IncidentRecords;
let changeIncident: ChangeIncident;
beforeEach(() => {
  now = 5_000;
  const clock = { now: () => now };
  incidents = createSqliteIncidentRecords(openDatabase({ path: ':memory:' }));
  changeIncident = createChangeIncident({ incidents, clock, ids: createRandomIds(clock.now) });
});

describe('a human at the desk', () => {
  test('makes an incident with a number to read out, and changes it version by version', async () => {
    const { id, ...first } = await changeIncident.create(FACTS, DUNG);
    expect(id).toMatch(/^SK700101-/);
    expect(first).toEqual({ ...FACTS, version: 1, updatedAt: 5_000, changedBy: DUNG });
    now = 6_000;
    const changed = await changeIncident.change(id, 1, { ...FACTS, cause: 'Cây ngã' }, DUNG);
    expect(changed).toEqual({
      result: 'changed',
      incident: { ...FACTS, id, version: 2, cause: 'Cây ngã', updatedAt: 6_000, changedBy: DUNG },
    });
  });

  test('learns who was faster, and changes nothing then', async () => {
    const { id } = await changeIncident.create(FACTS, DUNG);
    const other = { ...DUNG, name: 'Chị Hạnh' };
    const both = await Promise.all([
      changeIncident.change(id, 1, { ...FACTS, cause: 'A' }, DUNG),
      changeIncident.change(id, 1, { ...FACTS, cause: 'B' }, other),
    ]);
    expect(both.map(({ result }) => result).sort()).toEqual(['changed', 'stale']);
    const late = await changeIncident.change(id, 1, { ...FACTS, cause: 'C' }, DUNG);
    expect(late).toMatchObject({ result: 'stale', incident: { version: 2 } });
    expect(await incidents.incidentVersions(id)).toHaveLength(2);
  });

  test('cannot go on with an incident that nobody made', async () => {
    expect(await changeIncident.change('SK-none', 1, FACTS, DUNG)).toEqual({ result: 'not_found' });
  });

  test('never turns the time of the last change back, on a node whose clock is late', async () => {
    const { id } = await changeIncident.create(FACTS, DUNG);
    now = 1_000;
    expect(await changeIncident.change(id, 1, FACTS, DUNG)).toMatchObject({ incident: { updatedAt: 5_000 } });
  });
});

describe('the states of an incident', () => {
  test.each(STATES.flatMap((before) => STATES.map((after) => [before, after] as const)))(
    'from %s to %s, as the table says',
    async (before, after) => {
      const made = await changeIncident.create({ ...FACTS, state: before }, DUNG);
      const { result } = await changeIncident.change(made.id, 1, { ...FACTS, state: after }, DUNG);
      expect(result).toBe(mayFollow(before, after) ? 'changed' : 'ended');
    },
  );

  test.each(['restored', 'cancelled', 'merged'] as const)('%s is followed by nothing', (end) => {
    expect(STATES.filter((state) => mayFollow(end, state))).toEqual([]);
  });

  test('a confirmed incident is no suspicion again', () => {
    expect(mayFollow('ongoing', 'suspected')).toBe(false);
  });
});

describe('the outage system', () => {
  const origin = { id: 'OMS-7', version: 1 };

  test('makes one change of each of its versions, however often it sends it', async () => {
    const sent = await Promise.all(Array.from({ length: 6 }, () => changeIncident.takeOver(origin, FACTS, SYSTEM)));
    expect(sent.filter(({ result }) => result === 'changed')).toHaveLength(1);
    expect(sent.filter(({ result }) => result === 'repeat')).toHaveLength(5);
    expect(new Set(sent.map(({ incident }) => `${incident.id} ${incident.version}`)).size).toBe(1);
  });

  test('changes nothing with a version older than one that it has sent before', async () => {
    await changeIncident.takeOver({ ...origin, version: 3 }, { ...FACTS, cause: 'mới' }, SYSTEM);
    const late = await changeIncident.takeOver({ ...origin, version: 2 }, { ...FACTS, cause: 'cũ' }, SYSTEM);
    expect(late).toMatchObject({ result: 'repeat', incident: { version: 1, cause: 'mới' } });
  });

  test('goes on after a change made at the desk, and a repeat of what came before it stays a repeat', async () => {
    const { incident } = await changeIncident.takeOver(origin, FACTS, SYSTEM);
    await changeIncident.change(incident.id, 1, { ...FACTS, cause: 'Cây ngã' }, DUNG);
    expect(await changeIncident.takeOver(origin, FACTS, SYSTEM)).toMatchObject({ result: 'repeat' });
    const next = await changeIncident.takeOver({ ...origin, version: 2 }, { ...FACTS, cause: 'Đứt dây' }, SYSTEM);
    expect(next).toMatchObject({ result: 'changed', incident: { version: 3, cause: 'Đứt dây' } });
  });

  test('cannot open again what has ended', async () => {
    await changeIncident.takeOver(origin, { ...FACTS, state: 'restored', restoredAt: 4_000 }, SYSTEM);
    const again = await changeIncident.takeOver({ ...origin, version: 2 }, FACTS, SYSTEM);
    expect(again).toMatchObject({ result: 'ended', incident: { state: 'restored' } });
  });
});
