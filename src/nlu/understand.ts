import { analyze } from './analyze.ts';
import { decideEmergency, findDanger } from './detect-emergency.ts';
import { createEntityExtractor } from './entities/extract-entities.ts';
import { createWordModel } from './lexicon.ts';
import type { NluModel } from './nlu-model.ts';
import { prepare } from './normalize.ts';
import { createRepair } from './repair.ts';
import { belonging, scoreIntents, softmax } from './score-intents.ts';
import { tokenize } from './tokenize.ts';
import { type Decision, type IntentScore, NO_INTENT, type Understand } from './understanding.ts';

/** The intents of a catalogue that mean present danger, and a request that is none of ours. */
export const DANGER_INTENT = 'safety_emergency';
export const OUTSIDE_INTENT = 'out_of_scope';

const MOST_ALTERNATIVES = 3;
/** A runner-up this likely is worth asking about. */
const CLOSE_SHARE = 0.25;
const SURE_ABOVE = 0.5;

/** Makes the function that turns an utterance into its meaning. */
export function createUnderstand(model: NluModel): Understand {
  const extract = createEntityExtractor(model.lists.places);
  const repair = createRepair(createWordModel(model.lexicon), model.lists.spellings);
  const danger = model.intents.indexOf(DANGER_INTENT);
  return (utterance, context) => {
    const text = prepare(utterance);
    const reading = { text, tokens: tokenize(text), context };
    const entities = extract(reading);
    const { words, repaired } = analyze(reading, entities, repair, model.lists.classes);
    const { margins, coverage } = scoreIntents(model.weights, words);
    const probabilities = softmax(margins, model.temperature);
    const ranked = rank(model.intents, probabilities);
    const belongs = repaired.length > 0 && belonging(probabilities, coverage) >= model.rejectBelow;
    const emergency = decideEmergency(findDanger(text, reading.tokens), danger < 0 ? undefined : probabilities[danger]);
    const base = { utterance: text.written, normalized: repaired.join(' '), entities, emergency };
    if (emergency && danger >= 0) return { ...base, ...asDanger(ranked) };
    const decision = decide(ranked, belongs);
    const best = ranked[0] as IntentScore;
    return {
      ...base,
      intent: decision === 'reject' ? NO_INTENT : best.intent,
      confidence: best.confidence,
      decision,
      alternatives: ranked.slice(0, MOST_ALTERNATIVES),
    };
  };
}

function rank(intents: readonly string[], probabilities: Float64Array): IntentScore[] {
  return intents
    .map((intent, i) => ({ intent, confidence: probabilities[i] as number }))
    .sort((a, b) => b.confidence - a.confidence)
    .slice(0, MOST_ALTERNATIVES + 1);
}

function decide(ranked: readonly IntentScore[], belongs: boolean): Decision {
  const [best, second] = ranked;
  if (!belongs || best === undefined || best.intent === OUTSIDE_INTENT) return 'reject';
  const isClose = second !== undefined && second.confidence >= CLOSE_SHARE && second.intent !== OUTSIDE_INTENT;
  return best.confidence < SURE_ABOVE && isClose ? 'clarify' : 'accept';
}

/** Danger always wins; what else was asked follows as the second intent. */
function asDanger(ranked: readonly IntentScore[]) {
  const own = ranked.find((score) => score.intent === DANGER_INTENT);
  const confidence = Math.max(own?.confidence ?? 0, SURE_ABOVE);
  const others = ranked.filter((score) => score.intent !== DANGER_INTENT);
  return {
    intent: DANGER_INTENT,
    confidence,
    decision: 'accept' as const,
    alternatives: [{ intent: DANGER_INTENT, confidence }, ...others].slice(0, MOST_ALTERNATIVES),
  };
}
