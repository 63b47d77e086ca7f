import { OUTSIDE_INTENT } from '../../src/nlu/decide.ts';
import type { Understanding } from '../../src/nlu/understanding.ts';

/** One utterance with what it means and what was understood. */
export interface Judged {
  readonly utterance: string;
  readonly meant: string;
  readonly guessed: string;
  /** The best intent, whatever the decision. */
  readonly best: string;
  readonly confidence: number;
  /** How sure one was of the likeliest request of ours. */
  readonly ours: number;
  readonly decision: string;
  readonly second?: string;
}

/** What an understanding counts as: a rejected utterance was taken for out of scope. */
export function judged(utterance: string, meant: string, found: Understanding): Judged {
  const best = found.alternatives[0]?.intent ?? OUTSIDE_INTENT;
  const guessed = found.decision === 'reject' ? OUTSIDE_INTENT : found.intent;
  const { confidence, decision, secondIntent } = found;
  return {
    utterance,
    meant,
    guessed,
    best,
    confidence,
    ours: found.alternatives.find(({ intent }) => intent !== OUTSIDE_INTENT)?.confidence ?? 0,
    decision,
    ...(secondIntent !== undefined && { second: secondIntent }),
  };
}
