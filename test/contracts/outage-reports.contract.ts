import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { IncidentLink, OutageReport, OutageReports } from '../../src/bot/incidents/outage-report.ts';
import type { StormSwitch, StormSwitches } from '../../src/bot/incidents/storm-mode.ts';

export interface OutageReportsFixture {
  readonly reports: OutageReports;
  readonly storm: StormSwitches;
  close(): Promise<void>;
}

/** What every `OutageReports` and `StormSwitches` promises. */
export function outageReportsContract(name: string, open: () => Promise<OutageReportsFixture>): void {
  describe(`${name} as outage reports`, () => {
    let fixture: OutageReportsFixture;
    let count = 0;
    beforeAll(async () => {
      fixture = await open();
    });
    afterAll(() => fixture.close());

    const fresh = (what: string) => {
      count += 1;
      return `${what}-${count}`;
    };
    const report = (change: Partial<OutageReport> = {}): OutageReport => ({
      ...{ id: fresh('report'), conversationId: fresh('web:main:c'), at: 1_000, kind: 'reported', isVulnerable: false },
      where: { feeder: '471-BL', place: 'Bến Lức / Tây Ninh' },
      ...change,
    });
    const link = (change: Partial<IncidentLink> = {}): IncidentLink => ({
      ...{ incidentId: fresh('SK'), conversationId: fresh('web:main:c'), reportedAt: 1_000, isVulnerable: false },
      reasons: ['cùng xuất tuyến 471-BL'],
      ...change,
    });

    test('keeps a report once, and finds those of a key that belong to no incident, oldest first', async () => {
      const [key, other] = [fresh('feeder/'), fresh('place/')];
      const [late, early] = [report({ at: 2_000 }), report({ at: 1_500 })];
      expect(await fixture.reports.addReport(late, [key, other])).toBe(true);
      expect(await fixture.reports.addReport(late, [key])).toBe(false);
      await fixture.reports.addReport(early, [key]);
      await fixture.reports.addReport(report({ at: 500 }), [key]);
      const linked = report({ at: 1_600 });
      await fixture.reports.addReport(linked, [key]);
      await fixture.reports.link(link({ conversationId: linked.conversationId, reportedAt: 1_600 }));
      const query = { since: 1_000, limit: 10 };
      expect(await fixture.reports.unlinked({ ...query, keys: [key] })).toEqual([early, late]);
      expect(await fixture.reports.unlinked({ ...query, keys: [key, other] })).toEqual([early, late]);
      expect(await fixture.reports.unlinked({ ...query, keys: [other] })).toEqual([late]);
      expect(await fixture.reports.unlinked({ ...query, keys: [key], limit: 1 })).toEqual([early]);
      expect(await fixture.reports.unlinked({ ...query, keys: ['feeder/none'] })).toEqual([]);
    });

    test('counts the newest reports of a place by the feeder on which they hang', async () => {
      const key = fresh('place/');
      const put = async (at: number, feeder?: string, keys = [key]) =>
        fixture.reports.addReport(report({ at, where: feeder === undefined ? {} : { feeder } }), keys);
      await put(500, '473-TT');
      await put(1_100, '475-CG');
      await put(1_200, '471-BL');
      await put(1_300);
      await put(1_400, '471-BL');
      await put(1_500, '473-TT', [fresh('place/')]);
      const query = { key, since: 1_000, limit: 10 };
      expect(await fixture.reports.feedersAt(query)).toEqual(
        new Map([
          ['471-BL', 2],
          ['475-CG', 1],
        ]),
      );
      expect(await fixture.reports.feedersAt({ ...query, limit: 2 })).toEqual(new Map([['471-BL', 1]]));
      expect(await fixture.reports.feedersAt({ ...query, since: 1_450 })).toEqual(new Map());
    });

    test('finds the links of many conversations at once', async () => {
      const [one, two, other] = [link(), link({ isVulnerable: true }), link()];
      const again = link({ conversationId: one.conversationId, reportedAt: 2_000 });
      for (const each of [one, two, other, again]) {
        await fixture.reports.link(each);
      }
      const nobody = Array.from({ length: 1_500 }, (_, index) => `web:main:nobody-${index}`);
      const found = await fixture.reports.linksAmong([one.conversationId, ...nobody, two.conversationId]);
      const byIncident = (a: IncidentLink, b: IncidentLink) => (a.incidentId < b.incidentId ? -1 : 1);
      expect(found.toSorted(byIncident)).toEqual([one, two, again].toSorted(byIncident));
      expect(await fixture.reports.linksAmong([])).toEqual([]);
    });

    test('finds a report that belongs to no incident behind many that do', async () => {
      const key = fresh('feeder/');
      for (const at of [1_100, 1_200, 1_300]) {
        const linked = report({ at });
        await fixture.reports.addReport(linked, [key]);
        await fixture.reports.link(link({ conversationId: linked.conversationId, reportedAt: at }));
      }
      const free = report({ at: 1_400 });
      await fixture.reports.addReport(free, [key]);
      expect(await fixture.reports.unlinked({ keys: [key], since: 1_000, limit: 2 })).toEqual([free]);
    });

    test('knows who hangs on another line than these, until he is told, and forgets a link', async () => {
      const incidentId = fresh('SK');
      const [own, other, byTransformer, unknown, told] = [
        link({ incidentId, lines: ['471-BL', 'T1'] }),
        link({ incidentId, lines: ['475-CG', 'T2'] }),
        link({ incidentId, lines: ['475-CG', 'T3'] }),
        link({ incidentId }),
        link({ incidentId, lines: ['475-CG'] }),
      ] as const;
      for (const one of [own, other, byTransformer, unknown, told]) {
        await fixture.reports.link(one);
      }
      await fixture.reports.told(incidentId, told.conversationId, 5_000);
      expect(await fixture.reports.strangers(incidentId, ['471-BL', 'T3'], 10)).toEqual([other]);
      expect(await fixture.reports.strangers(incidentId, ['471-BL'], 1)).toHaveLength(1);
      await fixture.reports.unlink(incidentId, other.conversationId);
      expect(await fixture.reports.linksOf(other.conversationId)).toEqual([]);
      expect(await fixture.reports.strangers(incidentId, ['471-BL', 'T3'], 10)).toEqual([]);
    });

    test('knows the last report of a conversation, and counts what came in since a time', async () => {
      const first = report({ at: 5_000_000_000 });
      const second = { ...first, id: fresh('report'), at: 6_000_000_000, kind: 'still_out' as const };
      await fixture.reports.addReport(second, []);
      await fixture.reports.addReport(first, []);
      expect(await fixture.reports.lastReport(first.conversationId)).toEqual(second);
      expect(await fixture.reports.lastReport('web:main:nobody')).toBeUndefined();
      expect([
        await fixture.reports.countReports(5_000_000_000),
        await fixture.reports.countReports(5_000_000_001),
      ]).toEqual([2, 1]);
    });

    test('counts customers who reported or asked, each once, and those of them who belong to an incident, by channel', async () => {
      const base = 1_000_000_000;
      const [a, b, c, d] = [
        fresh('web:main:r'),
        fresh('web:main:r'),
        fresh('web:main:r'),
        fresh('zalo:main:r'),
      ] as const;
      const say = (conversationId: string, at: number, kind: OutageReport['kind'] = 'reported') =>
        fixture.reports.addReport(report({ conversationId, at: base + at, kind }), []);
      await say(a, 10);
      await say(a, 20, 'asked');
      await say(b, 30);
      await say(c, 40, 'back');
      await say(c, 500);
      await say(d, 50);
      await fixture.reports.link(link({ conversationId: a, reportedAt: base + 10 }));
      // What he belonged to last week is another matter.
      await fixture.reports.link(link({ conversationId: b, reportedAt: base - 90_000_000 }));
      const found = await fixture.reports.reportersIn({ from: base, to: base + 100 });
      expect(found).toHaveLength(2);
      expect(found).toContainEqual({ channel: 'web', reporters: 2, grouped: 1 });
      expect(found).toContainEqual({ channel: 'zalo', reporters: 1, grouped: 0 });
      expect(await fixture.reports.reportersIn({ from: base + 600, to: base + 700 })).toEqual([]);
    });

    test('links a conversation to an incident once; that it is vulnerable is kept whenever it is learned', async () => {
      const one = link();
      const made = await Promise.all([1, 2, 3].map((at) => fixture.reports.link({ ...one, reportedAt: at * 1_000 })));
      expect(made.filter(Boolean)).toHaveLength(1);
      expect(await fixture.reports.link({ ...one, isVulnerable: true })).toBe(false);
      const [kept, ...others] = await fixture.reports.linksOf(one.conversationId);
      expect(others).toEqual([]);
      expect(kept).toEqual({ ...one, reportedAt: (made.indexOf(true) + 1) * 1_000, isVulnerable: true });
    });

    test('tells who has not been told yet, and what they answered', async () => {
      const incidentId = fresh('SK');
      const [a, b] = [link({ incidentId }), link({ incidentId, reportedAt: 2_000 })];
      await fixture.reports.link(a);
      await fixture.reports.link(b);
      expect(await fixture.reports.untold(incidentId, 1)).toHaveLength(1);
      await fixture.reports.told(incidentId, a.conversationId, 5_000);
      await fixture.reports.told(incidentId, a.conversationId, 9_000);
      await fixture.reports.answered(incidentId, a.conversationId, 'still_out');
      expect(await fixture.reports.untold(incidentId, 10)).toEqual([b]);
      expect(await fixture.reports.linksOf(a.conversationId)).toEqual([{ ...a, toldAt: 5_000, answer: 'still_out' }]);
      expect(await fixture.reports.linkCounts(incidentId)).toEqual({
        ...{ linked: 2, vulnerable: 0, told: 1, back: 0, stillOut: 1 },
      });
    });

    test('gives the links of a conversation, the newest first', async () => {
      const conversationId = fresh('web:main:c');
      const [old, young] = [link({ conversationId }), link({ conversationId, reportedAt: 3_000 })];
      await fixture.reports.link(old);
      await fixture.reports.link(young);
      expect((await fixture.reports.linksOf(conversationId)).map(({ incidentId }) => incidentId)).toEqual([
        young.incidentId,
        old.incidentId,
      ]);
    });

    test('forgets what is old', async () => {
      const old = report({ at: 10 });
      await fixture.reports.addReport(old, ['feeder/old']);
      await fixture.reports.link(link({ conversationId: old.conversationId, reportedAt: 10 }));
      expect(await fixture.reports.pruneReports(11, [old.conversationId])).toBe(0);
      expect(await fixture.reports.pruneReports(11)).toBe(2);
      expect(await fixture.reports.lastReport(old.conversationId)).toBeUndefined();
      expect(await fixture.reports.linksOf(old.conversationId)).toEqual([]);
      expect(await fixture.reports.pruneReports(11)).toBe(0);
    });

    test('keeps each switch of storm mode once, and gives the newest', async () => {
      const first = (await fixture.storm.stormSwitch())?.number ?? 0;
      const on: StormSwitch = { ...{ number: first + 1, isOn: true, by: 'rate', reason: '42 báo', at: 1_000 } };
      const made = await Promise.all([fixture.storm.appendSwitch(on), fixture.storm.appendSwitch(on)]);
      expect(made.sort()).toEqual([false, true]);
      expect(await fixture.storm.stormSwitch()).toEqual(on);
      const off: StormSwitch = { ...on, number: first + 2, isOn: false, by: 'hand', byId: 'h', byName: 'Chị Hạnh' };
      await fixture.storm.appendSwitch(off);
      expect(await fixture.storm.stormSwitch()).toEqual(off);
    });
  });
}
