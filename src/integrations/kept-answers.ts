import type { Clock } from '../bot/ports.ts';

/** Answers that cost something, remembered for a while, so that many who look at the same are answered at once. */
export interface KeptAnswers<Answer> {
  /** `forMs`: how long the answer holds from the moment that it is asked for. What fails is not kept. */
  get(key: string, forMs: number, read: () => Promise<Answer>): Promise<Answer>;
  /** From now on everything is read anew. */
  forget(): void;
}

/** `most`: the oldest go. */
export function createKeptAnswers<Answer>(clock: Clock, most: number): KeptAnswers<Answer> {
  const kept = new Map<string, { readonly until: number; readonly answer: Promise<Answer> }>();
  return {
    get(key, forMs, read) {
      const now = clock.now();
      const known = kept.get(key);
      if (known !== undefined && now < known.until) {
        return known.answer;
      }
      const entry = { until: now + forMs, answer: read() };
      kept.delete(key);
      kept.set(key, entry);
      entry.answer.catch(() => {
        if (kept.get(key) === entry) {
          kept.delete(key);
        }
      });
      for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - most))) {
        kept.delete(oldest);
      }
      return entry.answer;
    },
    forget: () => kept.clear(),
  };
}
