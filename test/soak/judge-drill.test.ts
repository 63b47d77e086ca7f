import { describe, expect, test } from '@jest/globals';
import { judgeDrill } from '../../scripts/campaign-drill/judge-drill.ts';

const PLAN = { told: new Set(['a', 'b']), out: new Set(['c']), quietFrom: 10_000, morning: 90_000 };
const shown = (conversationId: string, at = 1_000) => ({
  key: `${conversationId}/${at}`,
  conversationId,
  text: '',
  at,
});

describe('the judge of the campaign drill', () => {
  test('finds nothing where everybody was told once', () => {
    expect(judgeDrill([shown('a'), shown('b', 95_000)], PLAN)).toEqual({ violations: [], pace: 2 });
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
