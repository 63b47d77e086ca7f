import { expect, test } from '@jest/globals';
import { loadAnswers } from '../../src/dialogs/load-answers.ts';
import { warnOfOldAnswers } from '../../src/warn-of-old-answers.ts';

function warned(day: string): readonly object[] {
  const lines: object[] = [];
  const answers = loadAnswers()
    .slice(0, 2)
    .map((answer, index) => ({ ...answer, reviewBy: index === 0 ? '2026-12-31' : '2099-12-31' }));
  warnOfOldAnswers(answers, day, { warn: (details) => lines.push(details) });
  return lines;
}

test('the operator is told in one line which answers are past their review', () => {
  const [line, ...more] = warned('2027-01-01');
  expect(line).toEqual({ answers: [loadAnswers()[0]?.id] });
  expect(more).toEqual([]);
});

test('nothing is said until then', () => {
  expect(warned('2026-12-31')).toEqual([]);
});
