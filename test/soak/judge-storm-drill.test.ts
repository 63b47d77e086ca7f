import { describe, expect, test } from '@jest/globals';
import { type DrillWords, judgeStormDrill, type PersonRecord } from '../../scripts/storm-drill/judge-storm-drill.ts';
import { restoredArea } from '../../scripts/storm-drill/live-person.ts';
import { OUTAGES } from '../../scripts/storm-drill/places.ts';

const [outage] = OUTAGES;
const BACK = `Dạ, điện lực báo đã cấp điện trở lại cho khu vực ${outage.name} lúc 09:20. Chỗ anh/chị đã có điện chưa ạ?`;
const WORDS: DrillWords = { restoredArea, sayings: [{ first: 'lần 1', changed: 'lần 2' }] };

type Change = Partial<Omit<PersonRecord, 'person'>> & { readonly person?: Partial<PersonRecord['person']> };

function someone(number: number, { person, ...change }: Change = {}): PersonRecord {
  return {
    person: { number, channel: 'zalo', kind: 'report', outage, commune: 'Bến Lức', ...person },
    ...{ writtenAt: 10_000, arrivedAt: 10_100, reportedAt: 10_200, contradictedAt: undefined },
    seen: [
      { text: 'Dạ, điện lực đã biết sự cố này, lần 1', at: 11_000 },
      { text: BACK, at: 90_000 },
    ],
    ...{ belongsTo: [outage.name], isKnownVulnerable: false, nested: [], uncertain: 0, wasFolded: false },
    ...change,
  };
}

const violationsOf = (...changes: readonly Change[]) =>
  judgeStormDrill(
    changes.map((change, number) => someone(number, change)),
    WORDS,
  ).violations;

describe('the judge of the storm drill', () => {
  test('finds nothing where everybody was answered and told once', () => {
    const nested = [{ priority: 'high', firstReportAt: 10_200 }];
    expect(violationsOf({}, { contradictedAt: 95_000, nested })).toEqual([]);
  });

  test('counts who was grouped rightly, also without those whom nobody could tell apart', () => {
    const figures = judgeStormDrill(
      [
        someone(0),
        someone(1, { belongsTo: ['Cần Giuộc'] }),
        someone(2, { person: { commune: 'Mỹ Yên' }, belongsTo: ['Cần Giuộc'] }),
        someone(3, { belongsTo: [], uncertain: 1 }),
      ],
      WORDS,
    );
    expect(figures).toMatchObject({ recall: 1 / 4, precision: 1 / 3, clearRecall: 1 / 3, clearPrecision: 1 / 2 });
    expect(figures.misgrouped).toHaveLength(2);
  });

  test.each<[string, readonly Change[]]>([
    ['was never answered', [{ seen: [], reportedAt: undefined, belongsTo: [] }]],
    ['was told first: "Dạ, điện lực', [{ person: { kind: 'emergency' } }]],
    [
      'waited 5000 ms, and customer 1 (zalo, report) was answered before',
      [
        {
          person: { kind: 'emergency' },
          seen: [
            { text: '⚠️ TRÁNH XA', at: 15_000 },
            { text: BACK, at: 90_000 },
          ],
        },
        {},
      ],
    ],
    [
      'told twice',
      [
        {
          seen: [
            { text: BACK, at: 90_000 },
            { text: BACK, at: 91_000 },
          ],
        },
      ],
    ],
    ['never told that the power is back', [{ seen: [{ text: 'Dạ', at: 11_000 }] }]],
    ['belongs to nothing and was told', [{ belongsTo: [] }]],
    ['has 0 tickets that say "still out", and not 1', [{ contradictedAt: 95_000 }]],
    ['counts from 95000', [{ contradictedAt: 95_000, nested: [{ priority: 'high', firstReportAt: 95_000 }] }]],
    ['has the priority normal', [{ contradictedAt: 95_000, nested: [{ priority: 'normal', firstReportAt: 10_200 }] }]],
    ['not marked as depending on power', [{ person: { kind: 'vulnerable' } }]],
    ['was folded away', [{ person: { kind: 'vulnerable' }, isKnownVulnerable: true, wasFolded: true }]],
    [
      'an older version 1000 ms after',
      [
        {},
        {
          seen: [
            { text: 'lần 2', at: 10_000 },
            { text: BACK, at: 90_000 },
          ],
        },
      ],
    ],
  ])('sees who %s', (words, changes) => {
    expect(violationsOf(...changes)).toEqual([expect.stringContaining(words)]);
  });
});
