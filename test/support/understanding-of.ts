import { NO_INTENT, type Understanding } from '../../src/nlu/understanding.ts';

/** What a classifier would make of an utterance, written down by hand: accepted when it names an intent. */
export function understandingOf(utterance: string, means: Partial<Understanding> = {}): Understanding {
  const intent = means.intent ?? NO_INTENT;
  return {
    utterance,
    normalized: utterance.toLowerCase(),
    intent,
    confidence: intent === NO_INTENT ? 0.2 : 0.9,
    decision: intent === NO_INTENT ? 'reject' : 'accept',
    alternatives: intent === NO_INTENT ? [] : [{ intent, confidence: 0.9 }],
    entities: [],
    emergency: false,
    ...means,
  };
}
