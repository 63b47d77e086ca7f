import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Incident } from '../../src/bot/incidents/incident.ts';
import type { OutageRecords } from '../../src/bot/ports.ts';
import type { PlannedOutage } from '../../src/bot/records.ts';
import { sampleCustomer, sampleIncident, sampleOutage } from '../support/sample-records.ts';

export interface OutageRecordsFixture {
  /** Over records without any outage; knows the utility's provinces by old and new names. */
  readonly records: OutageRecords;
  put(outages: readonly PlannedOutage[]): Promise<void>;
  append(incident: Incident): Promise<unknown>;
  close(): Promise<void>;
}

const WINDOW = { from: 500, to: 3_000 };

/** What every `OutageRecords` promises. */
export function outageRecordsContract(name: string, open: () => Promise<OutageRecordsFixture>): void {
  describe(`${name} as outage records`, () => {
    let fixture: OutageRecordsFixture;

    beforeEach(async () => {
      fixture = await open();
    });
    afterEach(() => fixture.close());

    const atPlace = async (place: string, window = WINDOW) =>
      (await fixture.records.forPlace(place, window)).map(({ id }) => id);

    test.each<[string, Partial<PlannedOutage>, boolean]>([
      ['the feeder of the customer', { feeders: ['471-TAN'] }, true],
      ['another feeder of the same commune', { feeders: ['473-TAN'], communes: ['Long An'] }, false],
      ['the transformer of the customer', { feeders: ['T01 Long An'] }, true],
      ['an area text that names the transformer', { feeders: ['999'], area: 'Sau trạm T01 Long An' }, true],
      ['the commune', { communes: ['Tân Trụ', 'phường Long An'] }, true],
      ['the commune under the name of the old province', { communes: ['Long An'], province: 'Long An' }, true],
      ['a commune of the same name in another province', { communes: ['Long An'], province: 'Vĩnh Long' }, false],
      ['a commune of the same name in another district', { communes: ['Long An'], district: 'Cần Giuộc' }, false],
      ['another commune', { communes: ['Tân Trụ'] }, false],
      ['the whole district', { district: 'Tân An' }, true],
      ['another district', { district: 'Cần Đước' }, false],
      ['the whole unit', {}, true],
      ['another unit of the province', { unit: 'PB0606' }, false],
    ])('matches a customer with %s: %j is %s', async (_what, change, isFound) => {
      const outage = sampleOutage({ id: 'a', ...change });
      await fixture.put([outage]);
      const customer = sampleCustomer({ feeder: '471-TAN', transformer: 'T01 Long An' });
      expect(await fixture.records.forCustomer(customer, WINDOW)).toEqual(isFound ? [outage] : []);
    });

    test('matches a customer without a known feeder by commune', async () => {
      await fixture.put([sampleOutage({ id: 'a', feeders: ['471-TAN'], communes: ['Long An'] })]);
      expect(await fixture.records.forCustomer(sampleCustomer(), WINDOW)).toHaveLength(1);
    });

    test('finds a place by commune or district, with its old or its new province', async () => {
      await fixture.put([
        sampleOutage({ id: 'can-duoc', district: 'Cần Đước', communes: ['Long Hòa', 'Tân Lân'] }),
        sampleOutage({ id: 'phung-hiep', province: 'Hậu Giang', district: 'Phụng Hiệp' }),
        sampleOutage({ id: 'ben-tre', province: 'Vĩnh Long', communes: ['An Hội'], area: 'đường Đồng Khởi' }),
      ]);
      expect(await atPlace('Cần Đước / Long An')).toEqual(['can-duoc']);
      expect(await atPlace('Tân Lân / Cần Đước / Long An')).toEqual(['can-duoc']);
      expect(await atPlace('Tân Lân / Tây Ninh')).toEqual(['can-duoc']);
      expect(await atPlace('Phụng Hiệp / Cần Thơ')).toEqual(['phung-hiep']);
      expect(await atPlace('Tân Bình / Phụng Hiệp / Hậu Giang')).toEqual(['phung-hiep']);
      expect(await atPlace('An Hội / Bến Tre')).toEqual(['ben-tre']);
      expect(await atPlace('Đồng Khởi / Vĩnh Long')).toEqual(['ben-tre']);
      expect(await atPlace('Bến Tre')).toEqual(['ben-tre']);
    });

    test('does not find a place elsewhere', async () => {
      await fixture.put([
        sampleOutage({ id: 'a', district: 'Cần Đước', communes: ['Tân Lân'] }),
        sampleOutage({ id: 'b', province: 'Vĩnh Long', communes: ['Tân Lân'] }),
      ]);
      expect(await atPlace('Tân Lân / Cần Giuộc / Long An')).toEqual([]);
      expect(await atPlace('Long Hòa / Cần Đước / Long An')).toEqual([]);
      expect(await atPlace('Tân Lân / Cà Mau')).toEqual([]);
      expect(await atPlace('Tân Lân / Vĩnh Long')).toEqual(['b']);
      expect(await atPlace(' / ')).toEqual([]);
    });

    test('does not mind marks, capitals and the words for the kind of place', async () => {
      await fixture.put([sampleOutage({ id: 'a', district: 'huyện Cần Đước', communes: ['Xã Tân Lân'] })]);
      expect(await atPlace('tan lan / tay ninh')).toEqual(['a']);
      expect(await atPlace('XÃ TÂN LÂN / Huyện Cần Đước / Tỉnh Long An')).toEqual(['a']);
    });

    test('gives what touches the window, soonest first', async () => {
      await fixture.put([
        sampleOutage({ id: 'late', communes: ['Tân Lân'], from: 2_900, to: 9_000 }),
        sampleOutage({ id: 'early', communes: ['Tân Lân'], from: 100, to: 501 }),
        sampleOutage({ id: 'before', communes: ['Tân Lân'], from: 100, to: 500 }),
        sampleOutage({ id: 'after', communes: ['Tân Lân'], from: 3_000, to: 9_000 }),
      ]);
      expect(await atPlace('Tân Lân / Tây Ninh')).toEqual(['early', 'late']);
    });

    test('leaves out what is over and keeps what goes on longer than was expected', async () => {
      await fixture.put([
        sampleOutage({ id: 'cancelled', communes: ['Tân Lân'], state: 'cancelled' }),
        sampleOutage({ id: 'restored', communes: ['Tân Lân'], state: 'restored' }),
        sampleOutage({ id: 'goes-on', communes: ['Tân Lân'], state: 'ongoing', from: 10, to: 20 }),
      ]);
      expect(await atPlace('Tân Lân / Tây Ninh')).toEqual(['goes-on']);
    });

    test('gives the newest version of each confirmed incident beside the schedule', async () => {
      const area = { ...sampleIncident({ id: 'a' }).area, communes: ['Tân Lân'] };
      const incident = sampleIncident({ id: 'incident', startedAt: 700, area });
      await fixture.put([sampleOutage({ id: 'planned', communes: ['Tân Lân'] })]);
      await fixture.append(incident);
      await fixture.append({ ...incident, version: 2, expectedReturn: { at: 800, source: 'Điều độ' } });
      await fixture.append(sampleIncident({ id: 'suspected', state: 'suspected', area }));
      await fixture.append(sampleIncident({ id: 'over', area }));
      await fixture.append(sampleIncident({ id: 'over', version: 2, state: 'restored', area }));
      await fixture.append(sampleIncident({ id: 'elsewhere', area: { ...area, province: 'Cà Mau', unit: 'PB1401' } }));
      await fixture.append(sampleIncident({ id: 'later', startedAt: WINDOW.to, area }));
      expect(await atPlace('Tân Lân / Tây Ninh')).toEqual(['incident', 'planned']);
      expect(await atPlace('Tân Lân / Cần Đước / Long An')).toEqual(['incident', 'planned']);
      const customer = sampleCustomer({ commune: 'Tân Lân' });
      expect(await fixture.records.forCustomer(customer, { from: 900, to: 1_000 })).toMatchObject([
        { id: 'incident', kind: 'incident', state: 'ongoing', version: '2', to: 800, toSource: 'Điều độ' },
      ]);
    });

    test('finds what a unit publishes, and what all units of a company do', async () => {
      await fixture.put([
        sampleOutage({ id: 'unit', unit: 'PB0606', from: 700 }),
        sampleOutage({ id: 'sister', unit: 'PB0601', from: 600 }),
        sampleOutage({ id: 'stranger', unit: 'PB1606' }),
        sampleOutage({ id: 'later', unit: 'PB0606', from: 3_000, to: 9_000 }),
      ]);
      const area = { ...sampleIncident({ id: 'a' }).area, unit: 'PB0606' };
      await fixture.append(sampleIncident({ id: 'incident', startedAt: 800, area }));
      const { unit: _unit, ...nowhere } = area;
      await fixture.append(sampleIncident({ id: 'of-no-unit', startedAt: 800, area: nowhere }));
      const ofUnit = async (code: string) => (await fixture.records.forUnit(code, WINDOW)).map(({ id }) => id);
      expect(await ofUnit('PB0606')).toEqual(['unit', 'incident']);
      expect(await ofUnit('PB06')).toEqual(['sister', 'unit', 'incident']);
      expect(await ofUnit('PB0699')).toEqual([]);
    });

    test('replaces an outage that is changed', async () => {
      await fixture.put([sampleOutage({ id: 'a', communes: ['Tân Lân'] })]);
      await fixture.put([sampleOutage({ id: 'a', communes: ['Tân Lân'], state: 'cancelled', version: 'v2' })]);
      expect(await atPlace('Tân Lân / Tây Ninh')).toEqual([]);
    });
  });
}
