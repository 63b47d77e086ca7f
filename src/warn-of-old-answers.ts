import { type Answer, isPastReview } from './dialogs/answer.ts';

/** Tells the operator in one line which answers somebody should look at again; customers are told their date. */
export function warnOfOldAnswers(
  answers: readonly Answer[],
  day: string,
  log: { warn(details: object, message: string): void },
): void {
  const old = answers.filter((answer) => isPastReview(answer, day)).map(({ id }) => id);
  if (old.length > 0) {
    log.warn({ answers: old }, 'Answers are past their review date: compare them with their sources in data/answers.');
  }
}
