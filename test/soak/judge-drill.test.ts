import { describe, expect, test } from '@jest/globals';
import { judgeDrill } from '../../scripts/campaign-drill/judge-drill.ts';

const PLAN = {
  ...{ told: new Set(['a', 'b']), out: new Set(['c']), uncertain: new Set<string>(), underWay: 0 },
  ...{ quietFrom: 10_000, morning: 90_000 },
};
const shown = (conversationId: string, at = 1_000) => ({ conversationId, at });

describe('the judge of the campaign drill', () => {
  test('finds nothing where everybody was told once', () => {
    expect(judgeDrill([shown('a'), shown('b', 95_000)], PLAN)).toEqual({
      ...{ violations: [], pace: 2, lostUncertain: 0 },
    });
  });

  test('names who was left out because nobody knows, as long as there are no more of them than sends at the kills', () => {
    const plan = { ...PLAN, uncertain: new Set(['b']), underWay: 1 };
    expect(judgeDrill([shown('a')], plan)).toMatchObject({ violations: [], lostUncertain: 1 });
    expect(judgeDrill([shown('a')], { ...plan, underWay: 0 }).violations).toEqual([
      '1 are uncertain, although only 0 were under way at the kills',
    ]);
  });

  test.each([
    ['1 told twice, for example a', [shown('a'), shown('a', 2_000), shown('b')]],
    ['1 never told, for example b', [shown('a')]],
    ['1 told although they said no, for example c', [shown('a'), shown('b'), shown('c')]],
    ['1 told in the quiet hours, for example b', [shown('a'), shown('b', 50_000)]],
  ])('sees %s', (violation, deliveries) => {
    expect(judgeDrill(deliveries, PLAN).violations).toEqual([violation]);
  });
});
