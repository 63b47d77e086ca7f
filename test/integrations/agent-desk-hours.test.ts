import { describe, expect, test } from '@jest/globals';
import { loadDeskRules, type OpeningHours } from '../../src/integrations/agent-desk/load-desk-rules.ts';
import { promisedAt } from '../../src/integrations/agent-desk/opening-hours.ts';

const WEEKDAY = [
  ['07:30', '11:30'],
  ['13:00', '17:00'],
] as const;
const HOURS: OpeningHours = {
  week: [WEEKDAY, WEEKDAY, WEEKDAY, WEEKDAY, WEEKDAY, [['08:00', '11:00']], []],
  closedDays: ['2026-11-24'],
  promiseMs: 30 * 60_000,
};
const at = (local: string) => Date.parse(`${local}+07:00`);
const spoken = (ms: number | undefined) =>
  ms === undefined ? 'open' : new Date(ms + 7 * 3_600_000).toISOString().slice(0, 16);

describe('the hours of the desk', () => {
  test.each([
    ['Monday morning', '2026-11-23T09:00', 'open'],
    ['the first minute', '2026-11-23T07:30', 'open'],
    ['the minute after the last', '2026-11-23T17:00', '2026-11-25T08:00'],
    ['the midday break', '2026-11-23T12:10', '2026-11-23T13:30'],
    ['the night before', '2026-11-23T02:00', '2026-11-23T08:00'],
    ['a closed day', '2026-11-24T09:00', '2026-11-25T08:00'],
    ['Saturday afternoon', '2026-11-28T15:00', '2026-11-30T08:00'],
    ['Sunday', '2026-11-29T10:00', '2026-11-30T08:00'],
  ])('in %s', (_when, local, promised) => {
    expect(spoken(promisedAt(HOURS, at(local)))).toBe(promised);
  });

  test('promise nothing when no opening is in sight', () => {
    expect(promisedAt({ ...HOURS, week: [[], [], [], [], [], [], []] }, at('2026-11-23T09:00'))).toBeUndefined();
  });

  test('are read from data/desk with the other rules', () => {
    const rules = loadDeskRules();
    expect(rules.hours.week).toHaveLength(7);
    expect(rules.agentCap).toBeGreaterThan(0);
    expect(rules.wrapUps.map(({ code }) => code)).toContain('answered');
  });
});
