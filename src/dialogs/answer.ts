import { hasWords } from './fold-words.ts';

/** A sourced answer: words for customers, with the days between which they hold. Days are `YYYY-MM-DD`. */
export interface Answer {
  /** `<intent>/<name>`. */
  readonly id: string;
  readonly intent: string;
  /** Folded words by which a customer asks for this one; none for the answer that is given when nothing else fits. */
  readonly words: readonly string[];
  /** Whoever asks by its words has said what he wants done: a ticket that follows quotes them. */
  readonly namesRequest?: true;
  readonly text: string;
  readonly source: string;
  /** The corporation, or EVN for all of them. */
  readonly holdsFor: string;
  readonly from: string;
  readonly to?: string;
  /** When the words were last compared with their source: the answer's version. */
  readonly updated: string;
  readonly reviewBy: string;
  /** Its words are also a further question after any other topic. */
  readonly isForAnyTopic?: true;
}

/** The answer to a folded utterance among those of an intent that hold on this day. */
export function pickAnswer(answers: readonly Answer[], folded: string, day: string): Answer | undefined {
  const holding = answers.filter(({ from, to = day }) => from <= day && day <= to);
  return (
    holding.find(({ words }) => words.some((each) => hasWords(folded, each))) ??
    holding.find(({ words }) => words.length === 0)
  );
}

/** Whether somebody should have looked at it again by now. */
export function isPastReview({ reviewBy }: Answer, day: string): boolean {
  return reviewBy < day;
}
