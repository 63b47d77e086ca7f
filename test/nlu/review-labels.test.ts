import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { addUtterances } from '../../scripts/nlu/add-utterances.ts';
import { openDatabase } from '../../src/integrations/storage/sqlite/database.ts';
import { createSqliteUnclearMessages } from '../../src/integrations/storage/sqlite/unclear-messages.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const SMALL_SET = join(ROOT, 'test', 'fixtures', 'nlu', 'small-set');
const TIMEOUT_MS = 60_000;

describe('labels of the desk', () => {
  let folder: string;
  let data: string;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lang-nghe-review-'));
    data = join(folder, 'intents');
    cpSync(SMALL_SET, data, { recursive: true });
    const db = openDatabase({ path: join(folder, 'desk.sqlite') });
    const unclear = createSqliteUnclearMessages(db);
    const labels = [
      ['den si ca xom', 'đen sì cả xóm', 'outage_report'],
      ['xin chao', 'xin chào', 'greeting'],
      ['alo co nghe khong', 'alo có nghe không', 'outage_report'],
      ['e', 'ê', undefined],
      ['so may vay hotline', 'số mấy vậy: "hotline"', 'greeting'],
      ['chuyen khac', 'chuyện khác', 'no_such_intent'],
    ] as const;
    for (const [index, [words, text, intent]] of labels.entries()) {
      await unclear.decide({
        ...{ words, text, times: 1, decidedBy: 'Chị Hạnh', decidedAt: index },
        ...(intent !== undefined && { intent }),
      });
    }
    await db.close();
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const review = (...more: string[]) =>
    execFileSync(
      join(ROOT, 'node_modules', '.bin', 'node'),
      ['scripts/nlu.ts', 'review', '--data', data, '--db', join(folder, 'desk.sqlite'), ...more],
      { cwd: ROOT, encoding: 'utf8' },
    );
  const read = (name: string, from = data) => readFileSync(join(from, `${name}.yaml`), 'utf8');

  test(
    'are learned in memory first: what would flip is shown, and nothing is written',
    () => {
      const shown = review();
      expect(shown).toContain('new       outage_report            đen sì cả xóm');
      expect(shown).toContain('2 new labels, 1 known already, 2 left out.');
      expect(shown).toMatch(/left out {2}outage_report +alo có nghe không {2}\(it stands under greeting/);
      expect(shown).toMatch(/left out {2}no_such_intent +chuyện khác {2}\(there is no such intent\)/);
      expect(shown).toMatch(/Of \d+ test utterances \d+ would flip: \d+ better, \d+ worse\./);
      expect(shown).toMatch(/Of \d+ strangers' messages \d+ are right now, \d+ would be\./);
      expect(shown).toContain('Of the 2 new labels 2 would be understood.');
      expect(read('outage_report')).toBe(read('outage_report', SMALL_SET));
    },
    TIMEOUT_MS,
  );

  test(
    'go into their intent files when that is said, each file kept as it was but for the new lines, and only once',
    () => {
      expect(review('--write')).toContain('Written.');
      for (const [intent, line] of [
        ['outage_report', '  - đen sì cả xóm\n'],
        ['greeting', `  - 'số mấy vậy: "hotline"'\n`],
      ] as const) {
        expect(read(intent)).toContain(line);
        expect(read(intent).replace(line, '')).toBe(read(intent, SMALL_SET));
      }
      expect(read('bill_lookup')).toBe(read('bill_lookup', SMALL_SET));
      expect(review('--write')).toContain('0 new labels, 3 known already, 2 left out.');
    },
    TIMEOUT_MS,
  );

  test(
    'are not looked for where there is no database, and none is made there',
    () => {
      const wrong = join(folder, 'not-there');
      const { MONGODB_URL: _, ...env } = process.env;
      const { status, stdout, stderr } = spawnSync(
        join(ROOT, 'node_modules', '.bin', 'node'),
        ['scripts/nlu.ts', 'review', '--data', data],
        { cwd: ROOT, encoding: 'utf8', env: { ...env, DATA_DIR: wrong } },
      );
      expect({ status, stdout, stderr }).toEqual({
        ...{ status: 1, stdout: '' },
        stderr: `There is no database at ${join(wrong, 'lang-nghe.sqlite')}: say with --db FILE or DATA_DIR where it is.\n`,
      });
      expect(existsSync(wrong)).toBe(false);
    },
    TIMEOUT_MS,
  );
});

test('an utterance is added before what follows the list, and what YAML would misread is quoted', () => {
  const source = 'intent: a\nutterances: # own words\n  - một\n\n  # later\n  - hai\n\nheldout:\n  - ba\n';
  expect(addUtterances(source, ['bốn', '5', '- sáu'])).toBe(
    'intent: a\nutterances: # own words\n  - một\n\n  # later\n  - hai\n  - bốn\n  - "5"\n  - "- sáu"\n\nheldout:\n  - ba\n',
  );
});

test.each(['intent: a\nutterances: [một]\n', 'intent: a\nutterances:\n  - một\n    dòng hai\n'])(
  'a list that is not written one a line is left to its author: %j',
  (source) => {
    expect(() => addUtterances(source, ['hai'])).toThrow('one utterance a line');
  },
);
