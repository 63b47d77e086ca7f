import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Incident } from '../../src/bot/incidents/incident.ts';
import type { IncidentRecords } from '../../src/bot/incidents/incident-records.ts';
import { sampleIncident } from '../support/sample-records.ts';
import { type VersionedRecords, versionedRecordsCases } from './versioned-records.contract.ts';

export interface IncidentRecordsFixture {
  readonly incidents: IncidentRecords;
  /** The same records as another node sees them. */
  readonly other: IncidentRecords;
  close(): Promise<void>;
}

/** What every `IncidentRecords` promises. */
export function incidentRecordsContract(name: string, open: () => Promise<IncidentRecordsFixture>): void {
  describe(`${name} as incident records`, () => {
    let fixture: IncidentRecordsFixture;
    let count = 0;
    beforeAll(async () => {
      fixture = await open();
    });
    afterAll(() => fixture.close());

    function freshId(): string {
      count += 1;
      return `SK261128-${name}${count}`;
    }

    const viewOf = (incidents: IncidentRecords): VersionedRecords<Incident> => ({
      append: (incident) => incidents.append(incident),
      newest: (id) => incidents.incident(id),
      versions: (id) => incidents.incidentVersions(id),
    });
    versionedRecordsCases({
      here: () => viewOf(fixture.incidents),
      there: () => viewOf(fixture.other),
      first: () => sampleIncident({ id: freshId() }),
      reworded: (incident, cause) => ({ ...incident, cause }),
    });

    test('lists what is open, in the order in which it began, and what has ended, the latest first', async () => {
      const [late, early, over, older] = [freshId(), freshId(), freshId(), freshId()];
      await fixture.incidents.append(sampleIncident({ id: late, startedAt: 900, state: 'suspected' }));
      await fixture.incidents.append(sampleIncident({ id: early, startedAt: 800 }));
      for (const [id, updatedAt] of [
        [older, 9_000],
        [over, 9_500],
      ] as const) {
        await fixture.incidents.append(sampleIncident({ id }));
        await fixture.other.append(sampleIncident({ id, version: 2, state: 'restored', restoredAt: 8_000, updatedAt }));
      }
      const mine = new Set([late, early, over, older]);
      const open = (await fixture.other.openIncidents()).map(({ id }) => id).filter((id) => mine.has(id));
      expect(open).toEqual([early, late]);
      expect((await fixture.incidents.endedIncidents(9_000, 10)).map(({ id }) => id)).toEqual([over, older]);
      expect((await fixture.incidents.endedIncidents(9_001, 10)).map(({ id }) => id)).toEqual([over]);
      expect((await fixture.incidents.endedIncidents(0, 1)).map(({ id, version }) => [id, version])).toEqual([
        [over, 2],
      ]);
    });

    test('keeps places and feeders as they are written', async () => {
      const incident = sampleIncident({ id: freshId() });
      const area = {
        ...incident.area,
        district: 'Cần Đước',
        communes: ['Tân Lân', 'Xã Long Hòa'],
        feeders: ['471.A$'],
      };
      await fixture.incidents.append({ ...incident, area, origin: { id: 'OMS.7', version: 3 } });
      expect(await fixture.other.incident(incident.id)).toEqual({
        ...incident,
        area,
        origin: { id: 'OMS.7', version: 3 },
      });
    });

    test('never shows an older version to anybody than it has shown to somebody before, on two nodes', async () => {
      const step = fc.constantFrom('append', 'read', 'read open', 'both at once');
      const steps = fc.array(fc.tuple(step, fc.boolean(), fc.boolean()), { minLength: 1, maxLength: 12 });
      await fc.assert(
        fc.asyncProperty(steps, async (all) => {
          const incident = sampleIncident({ id: freshId() });
          const nodes = [fixture.incidents, fixture.other] as const;
          await fixture.incidents.append(incident);
          let shown = 1;
          const read = async (node: IncidentRecords, isOpenList: boolean) => {
            const floor = shown;
            const found = isOpenList
              ? (await node.openIncidents()).find(({ id }) => id === incident.id)
              : await node.incident(incident.id);
            expect(found?.version).toBeGreaterThanOrEqual(floor);
            shown = Math.max(shown, found?.version ?? 0);
          };
          const append = async (node: IncidentRecords) => {
            const version = ((await node.incident(incident.id))?.version ?? 0) + 1;
            await node.append({ ...incident, version });
          };
          for (const [what, isSecond, isOpenList] of all) {
            const [node, another] = isSecond ? [nodes[1], nodes[0]] : nodes;
            if (what === 'append') {
              await append(node);
            } else if (what === 'both at once') {
              await Promise.all([append(node), read(another, isOpenList), read(node, !isOpenList), append(another)]);
            } else {
              await read(node, what === 'read open');
            }
          }
        }),
        { numRuns: 8 },
      );
    });
  });
}
