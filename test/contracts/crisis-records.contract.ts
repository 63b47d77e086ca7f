import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CrisisMessage } from '../../src/bot/crisis/crisis-message.ts';
import type { CrisisRecords } from '../../src/bot/crisis/crisis-records.ts';
import { sampleCrisis } from '../support/sample-records.ts';
import { type VersionedRecords, versionedRecordsCases } from './versioned-records.contract.ts';

export interface CrisisRecordsFixture {
  readonly crises: CrisisRecords;
  /** The same records as another node sees them. */
  readonly other: CrisisRecords;
  close(): Promise<void>;
}

/** What every `CrisisRecords` promises. */
export function crisisRecordsContract(name: string, open: () => Promise<CrisisRecordsFixture>): void {
  describe(`${name} as records of crisis messages`, () => {
    let fixture: CrisisRecordsFixture;
    let count = 0;
    beforeAll(async () => {
      fixture = await open();
    });
    afterAll(() => fixture.close());

    function freshId(): string {
      count += 1;
      return `TK261128-${name}${count}`;
    }
    const idsAt = async (now: number, mine: readonly string[]) =>
      (await fixture.other.crisesInForce(now))
        .filter(({ id }) => mine.includes(id))
        .map(({ id, version }) => `${mine.indexOf(id)}/${version}`);

    const viewOf = (crises: CrisisRecords): VersionedRecords<CrisisMessage> => ({
      append: (message) => crises.append(message),
      newest: (id) => crises.crisis(id),
      versions: (id) => crises.crisisVersions(id),
    });
    versionedRecordsCases({
      here: () => viewOf(fixture.crises),
      there: () => viewOf(fixture.other),
      first: () =>
        sampleCrisis({ id: freshId(), area: { province: 'Long An', places: ['Bến Lức', 'Xã Thạnh Đức.$'] } }),
      reworded: (message, text) => ({ ...message, text }),
    });

    test('shows none after its time, none that was withdrawn, and the newest version only', async () => {
      const mine = [freshId(), freshId(), freshId()] as const;
      await fixture.crises.append(sampleCrisis({ id: mine[0], expiresAt: 50_000, updatedAt: 40_000 }));
      await fixture.crises.append(sampleCrisis({ id: mine[1], expiresAt: 60_000, updatedAt: 41_000 }));
      await fixture.crises.append(sampleCrisis({ id: mine[2], expiresAt: 60_000, updatedAt: 42_000 }));
      expect(await idsAt(49_999, mine)).toEqual(['2/1', '1/1', '0/1']);
      expect(await idsAt(50_000, mine)).toEqual(['2/1', '1/1']);
      // A version that ends sooner comes before one that would have gone on.
      await fixture.other.append(sampleCrisis({ id: mine[1], version: 2, expiresAt: 55_000, updatedAt: 43_000 }));
      expect(await idsAt(50_000, mine)).toEqual(['1/2', '2/1']);
      const gone = { version: 2, state: 'withdrawn', expiresAt: 60_000, updatedAt: 44_000 } as const;
      await fixture.crises.append(sampleCrisis({ id: mine[2], ...gone }));
      expect(await idsAt(54_999, mine)).toEqual(['1/2']);
      expect(await idsAt(55_000, mine)).toEqual([]);
    });

    test('lists what has changed or expired of late, the latest change first, each once', async () => {
      const [old, expired, changed] = [freshId(), freshId(), freshId()];
      await fixture.crises.append(sampleCrisis({ id: old, updatedAt: 1_000_000, expiresAt: 2_000_000 }));
      await fixture.crises.append(sampleCrisis({ id: expired, updatedAt: 1_000_001, expiresAt: 3_000_000 }));
      await fixture.crises.append(sampleCrisis({ id: changed, updatedAt: 1_000_002, expiresAt: 9_000_000 }));
      const second = { version: 2, updatedAt: 2_500_000, expiresAt: 2_000_000 };
      await fixture.other.append(sampleCrisis({ id: changed, ...second }));
      const found = await fixture.crises.crisesSince(2_500_000, 10);
      expect(found.map(({ id, version }) => [id, version])).toEqual([
        [changed, 2],
        [expired, 1],
      ]);
      expect((await fixture.crises.crisesSince(2_500_000, 1)).map(({ id }) => id)).toEqual([changed]);
      expect(await fixture.crises.crisesSince(3_000_001, 10)).toEqual([]);
    });
  });
}
