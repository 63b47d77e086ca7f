import type { Understand, Understanding } from '../nlu/understanding.ts';

export interface Hearing {
  /** Whether a message that has just arrived speaks of danger. What it means is kept for its turn. */
  isUrgent(text: string): boolean;
  /** The meaning of a message: the one kept on its arrival, where the turn would understand it no better. */
  readonly understand: Understand;
}

/** Texts that may wait for their turn at the same time; the oldest is forgotten first, and understood anew. */
const MOST_KEPT = 256;
/** "Hôm nay" and "tháng rồi" mean the same for so long, ms. */
const FRESH_MS = 10_000;

/**
 * A message is looked at twice: on arrival, because no limit may hold up a call for help, and in its turn. It is
 * understood once, unless an open question helps to read its answer: then the turn does it again.
 */
export function createHearing(understand: Understand, now: () => number): Hearing {
  const kept = new Map<string, { readonly at: number; readonly understanding: Understanding }>();

  function take(text: string): Understanding | undefined {
    const found = kept.get(text);
    kept.delete(text);
    return found !== undefined && now() - found.at < FRESH_MS ? found.understanding : undefined;
  }

  return {
    isUrgent(text) {
      const at = now();
      const understanding = understand(text, { now: at });
      kept.delete(text);
      kept.set(text, { at, understanding });
      const [oldest] = kept.keys();
      if (kept.size > MOST_KEPT && oldest !== undefined) {
        kept.delete(oldest);
      }
      return understanding.emergency;
    },
    understand(text, context) {
      const understanding = take(text);
      const isHelped = (context.expects ?? []).length > 0;
      return understanding === undefined || isHelped ? understand(text, context) : understanding;
    },
  };
}
