import { describe, expect, test } from '@jest/globals';
import { createOneTimeCodes } from '../../src/integrations/actions/one-time-code.ts';

const NOW = Date.UTC(2026, 10, 22, 2);
const SUBJECT = ['web:main:c1', 'PB06010001234', '0900000001'];
const LIFE = 5 * 60_000;

const codes = createOneTimeCodes({ key: 'one key' });
const challenge = codes.begin({ subject: SUBJECT, now: NOW, random: 'mabc_-123' });

describe('one-time codes', () => {
  test('are six digits, the same each time they are derived', () => {
    const other = createOneTimeCodes({ key: 'one key' });
    expect(codes.codeOf(challenge)).toMatch(/^\d{6}$/);
    expect(other.codeOf(challenge)).toBe(codes.codeOf(challenge));
  });

  test('keep their leading zeros and use all digits', () => {
    const all = Array.from({ length: 500 }, (_, n) => codes.codeOf(`${challenge}${n}`));
    expect(all.every((code) => /^\d{6}$/.test(code))).toBe(true);
    expect(new Set(all.map((code) => code[0])).size).toBe(10);
  });

  test('differ by challenge and by key', () => {
    const next = codes.begin({ subject: SUBJECT, now: NOW, random: 'other' });
    const stolen = createOneTimeCodes({ key: 'another key' });
    expect(codes.codeOf(next)).not.toBe(codes.codeOf(challenge));
    expect(stolen.codeOf(challenge)).not.toBe(codes.codeOf(challenge));
  });

  test('match their own digits only', () => {
    const code = codes.codeOf(challenge);
    expect(codes.matches(challenge, code)).toBe(true);
    for (const wrong of ['', code.slice(1), `${code}0`, ` ${code}`, 'abcdef']) {
      expect(codes.matches(challenge, wrong)).toBe(false);
    }
  });

  test('do not show in the id of their challenge', () => {
    expect(challenge).not.toContain(codes.codeOf(challenge));
    for (const secret of SUBJECT) {
      expect(challenge).not.toContain(secret);
    }
  });
});

describe('a challenge', () => {
  test('is open for its subject for five minutes', () => {
    expect(codes.isOpen(challenge, { subject: SUBJECT, now: NOW })).toBe(true);
    expect(codes.isOpen(challenge, { subject: SUBJECT, now: NOW + LIFE - 1 })).toBe(true);
    expect(codes.isOpen(challenge, { subject: SUBJECT, now: NOW + LIFE })).toBe(false);
    expect([codes.isExpired(challenge, NOW + LIFE - 1), codes.isExpired(challenge, NOW + LIFE)]).toEqual([false, true]);
  });

  test('is not open for any other subject, nor with its parts shifted', () => {
    for (const subject of [['web:main:c2', ...SUBJECT.slice(1)], SUBJECT.slice(0, 2), [SUBJECT.join('')], []]) {
      expect(codes.isOpen(challenge, { subject, now: NOW })).toBe(false);
    }
  });

  test('cannot be made or prolonged without the key', () => {
    const later = challenge.replace(/^[^.]+/, (NOW + LIFE).toString(36));
    for (const forged of [later, 'anything', '', `${challenge}x`, challenge.slice(0, -1)]) {
      expect(codes.isOpen(forged, { subject: SUBJECT, now: NOW })).toBe(false);
    }
    expect(createOneTimeCodes({ key: 'another key' }).isOpen(challenge, { subject: SUBJECT, now: NOW })).toBe(false);
    expect(codes.isExpired('anything', NOW)).toBe(true);
  });
});

test('a fingerprint is the same for the same value and hides it', () => {
  const mark = codes.fingerprint('0900000001');
  expect(mark).toBe(codes.fingerprint('0900000001'));
  expect(mark).not.toBe(codes.fingerprint('0900000002'));
  expect(mark).not.toContain('0900000001');
  expect(createOneTimeCodes({ key: 'another key' }).fingerprint('0900000001')).not.toBe(mark);
});
