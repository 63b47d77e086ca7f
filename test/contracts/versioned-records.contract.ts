import { expect, test } from '@jest/globals';

interface Version {
  readonly id: string;
  readonly version: number;
  readonly updatedAt: number;
}

/** One node's view of records that are kept as versions. */
export interface VersionedRecords<Record extends Version> {
  append(record: Record): Promise<'appended' | 'version_taken'>;
  newest(id: string): Promise<Record | undefined>;
  versions(id: string): Promise<readonly Record[]>;
}

export interface VersionedRecordsCase<Record extends Version> {
  readonly here: () => VersionedRecords<Record>;
  /** The same records as another node sees them. */
  readonly there: () => VersionedRecords<Record>;
  /** The first version of a record that nobody has made yet. */
  readonly first: () => Record;
  /** The same version in other words. */
  readonly reworded: (record: Record, words: string) => Record;
}

/** What all records promise whose changes are inserts of the next version; registers tests in the surrounding `describe`. */
export function versionedRecordsCases<Record extends Version>(records: VersionedRecordsCase<Record>): void {
  const { here, there, first, reworded } = records;

  test('knows nothing of what nobody has made', async () => {
    expect(await here().newest('X-none')).toBeUndefined();
    expect(await here().versions('X-none')).toEqual([]);
  });

  test('gives the newest version, and keeps every earlier one with its words', async () => {
    const before = first();
    const after = reworded({ ...before, version: 2, updatedAt: 2_000 }, 'Không có chuyện cắt điện 3 ngày ạ.');
    expect(await here().append(before)).toBe('appended');
    expect(await here().append(after)).toBe('appended');
    expect(await there().newest(before.id)).toEqual(after);
    expect(await there().versions(before.id)).toEqual([before, after]);
  });

  test('takes each version once, however many write it at the same time', async () => {
    const record = first();
    const writers = Array.from({ length: 8 }, (_, index) => (index % 2 === 0 ? here() : there()));
    const results = await Promise.all(writers.map((one, index) => one.append(reworded(record, `W${index}`))));
    expect(results.filter((result) => result === 'appended')).toHaveLength(1);
    const words = `W${results.indexOf('appended')}`;
    expect(await there().versions(record.id)).toEqual([reworded(record, words)]);
  });
}
