import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadNoticeRules } from '../../src/integrations/notices/load-notice-rules.ts';
import { loadSiteLetters } from '../../src/integrations/notices/load-site-letters.ts';

const DATA = join(import.meta.dirname, '../../data/notices');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'notice-rules-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The product's own file with something replaced. */
function changed(name: string, from: string, to: string): string {
  const text = readFileSync(join(DATA, name), 'utf8');
  expect(text).toContain(from);
  const file = join(folder, name);
  writeFileSync(file, text.replace(from, to));
  return file;
}

describe('the rules of planned outages', () => {
  test('tell every kind of organisation no later than subscribers', () => {
    const { ownLeadMs, leadMs } = loadNoticeRules().plannedOutage;
    expect(Math.min(...leadMs.values())).toBeGreaterThanOrEqual(ownLeadMs);
    const file = changed('rules.yaml', 'business: 45', 'business: 15');
    expect(() => loadNoticeRules(file)).toThrow('tell accounts later than subscribers');
  });

  test('tell nobody later than the law asks for, and know the kind of organisations that name none', () => {
    expect(() => loadNoticeRules(changed('rules.yaml', 'subscribers: 30', 'subscribers: 4'))).toThrow('>=5');
    expect(() => loadNoticeRules(changed('rules.yaml', 'business: 45', 'shops: 45'))).toThrow('business');
  });
});

test('a letter that names a blank which nobody fills is refused', () => {
  const file = changed('letters.yaml', 'Kính gửi <contact>', 'Kính gửi <customer>');
  expect(() => loadSiteLetters(file)).toThrow('may name no other blanks than <contact>');
});
