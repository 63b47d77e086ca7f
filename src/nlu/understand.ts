import { analyze, cutWords } from './analyze.ts';
import { asks } from './asks.ts';
import { makeCertain } from './certainty.ts';
import { splitClauses } from './clauses.ts';
import { type ClauseScore, decide, hasRequests, isCourtesy, orderRequests } from './decide.ts';
import { decideEmergency, findDanger } from './detect-emergency.ts';
import { createEntityExtractor } from './entities/extract-entities.ts';
import { isLegible } from './legible.ts';
import { createWordModel } from './lexicon.ts';
import type { NluModel } from './nlu-model.ts';
import { prepare } from './normalize.ts';
import { createRepair } from './repair.ts';
import { saidBySigns } from './said-by-signs.ts';
import { belonging, createLookup, scoreIntents, softmax } from './score-intents.ts';
import { typedLocation, understandLocation } from './shared-location.ts';
import { type Token, tokenize } from './tokenize.ts';
import { type IntentScore, NO_INTENT, type Understand } from './understanding.ts';

/** The intent of a catalogue that means present danger. */
export const DANGER_INTENT = 'safety_emergency';

const MOST_ALTERNATIVES = 3;
const DANGER_AT_LEAST = 0.5;
/** Words of danger that are seen only once slips are mended count when the learner thinks so too. */
const MENDED_ABOVE = 0.3;
/** From so many words on, a message is heard clause by clause too. */
const LONG = 16;
/** A code with a word before it ("mã PB06…") belongs to what is asked before or after it, and asks for nothing itself. */
const FEWEST_WORDS = 3;
/** How much the clauses count beside the whole. Chosen on strangers' messages, long ones of cross-validation kept in sight. */
const CLAUSE_SHARE = 0.2;

/** Makes the function that turns an utterance into its meaning. */
export function createUnderstand(model: NluModel): Understand {
  const extract = createEntityExtractor(model.lists.places);
  const wordModel = createWordModel(model.lexicon);
  const repair = createRepair(wordModel, model.lists);
  const lookup = createLookup(model.weights);
  const danger = model.intents.indexOf(DANGER_INTENT);
  const ordersRequests = hasRequests(model.intents);
  const acceptAbove = (intent: string): number => model.acceptAbove[model.intents.indexOf(intent)] ?? 1;
  const bestOf = (margins: readonly number[]): IntentScore => {
    const shares = softmax(margins, model.temperature);
    const best = shares.indexOf(Math.max(...shares));
    return { intent: model.intents[best] as string, confidence: shares[best] as number };
  };

  const hear: Understand = (utterance, context) => {
    const text = prepare(utterance);
    const reading = { text, tokens: tokenize(text), context };
    const said = reading.tokens.length === 0 ? saidBySigns(utterance, model.lists.spellings) : undefined;
    if (said !== undefined) return { ...hear(said, context), utterance: text.written, entities: [] };
    const entities = extract(reading);
    const analysis = analyze(reading, entities, repair);
    const { repaired, changed } = analysis;
    const { margins, coverage } = scoreIntents(lookup, analysis.words);
    const clausesOf = once(() =>
      splitClauses(reading).map(({ from, to }) => ({
        margins: scoreIntents(lookup, cutWords(analysis, from, to)).margins,
        asks: () => asks(reading.tokens, from, to),
        words: (analysis.starts.masked[to] as number) - (analysis.starts.masked[from] as number),
      })),
    );
    const requestsOf = (isDangerDenied = false): ClauseScore[] =>
      clausesOf()
        .filter(({ words }) => words >= FEWEST_WORDS)
        .map((clause) => ({ ...bestOf(clause.margins), asks: clause.asks }))
        .filter(({ intent }) => !isDangerDenied || intent !== DANGER_INTENT);
    const isLong = ordersRequests && reading.tokens.length >= LONG;
    const heardMargins = isLong ? hearClauses(margins, clausesOf()) : margins;
    const shares = softmax(heardMargins, model.temperature);
    const belongs = repaired.length > 0 && belonging(shares, coverage) >= model.rejectBelow;
    const chance = isOneWord(reading.tokens) ? undefined : shares[danger];
    const legible = once(() => isLegible(reading, repaired, wordModel));
    const signs = findDanger(text, reading.tokens);
    const normalized = repaired.join(' ');
    const isMended = changed > 0 && (chance ?? 0) >= MENDED_ABOVE;
    const emergency = decideEmergency(signs, chance, legible) || (isMended && namesDanger(normalized) && legible());
    const base = { utterance: text.written, normalized, entities, emergency };
    const heard = { shares, margin: Math.max(...heardMargins), coverage, changed, length: repaired.length };
    const sure = rank(model.intents, makeCertain(heard, model.certainty));
    if (emergency && danger >= 0) return { ...base, ...asDanger(sure) };
    const plain = signs.isDenied ? withoutDanger(sure) : sure;
    const clauses = ordersRequests && !isCourtesy(plain[0]?.intent) ? requestsOf(signs.isDenied) : [];
    const { ranked, secondIntent } = orderRequests(plain, clauses);
    const decision = decide(ranked, belongs, acceptAbove);
    const best = ranked[0] as IntentScore;
    return {
      ...base,
      intent: decision === 'reject' ? NO_INTENT : best.intent,
      confidence: best.confidence,
      decision,
      alternatives: withSecond(ranked, secondIntent).slice(0, MOST_ALTERNATIVES),
      ...(secondIntent !== undefined && decision !== 'reject' && { secondIntent }),
    };
  };
  return (utterance, context) => {
    const location = typedLocation(utterance);
    return location === undefined ? hear(utterance, context) : understandLocation(location);
  };
}

/** A single word said over and over is no report, whatever the learner makes of it. */
function isOneWord(tokens: readonly Token[]): boolean {
  return tokens.every((token) => token.folded === tokens[0]?.folded);
}

/** Whether the rules alone hear present danger. */
function namesDanger(words: string): boolean {
  const text = prepare(words);
  const { rule, isUnreal } = findDanger(text, tokenize(text));
  return rule !== undefined && !isUnreal;
}

/** In a long story the request is one clause of many: what each clause asks for alone counts beside the whole. */
function hearClauses(
  whole: readonly number[],
  clauses: readonly { readonly margins: readonly number[] }[],
): readonly number[] {
  if (clauses.length === 0) return whole;
  return whole.map((margin, k) => {
    let sum = 0;
    for (const { margins } of clauses) sum += margins[k] as number;
    return (1 - CLAUSE_SHARE) * margin + (CLAUSE_SHARE * sum) / clauses.length;
  });
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** A second request comes right after the first. */
function withSecond(ranked: readonly IntentScore[], second: string | undefined): readonly IntentScore[] {
  const found = ranked.find((score) => score.intent === second);
  if (found === undefined) return ranked;
  return [ranked[0] as IntentScore, found, ...ranked.slice(1).filter((score) => score !== found)];
}

function rank(intents: readonly string[], probabilities: readonly number[]): IntentScore[] {
  const ranked: IntentScore[] = [];
  for (let k = 0; k < intents.length; k++) {
    const confidence = probabilities[k] as number;
    let at = ranked.length;
    while (at > 0 && confidence > (ranked[at - 1] as IntentScore).confidence) at--;
    if (at > MOST_ALTERNATIVES) continue;
    ranked.splice(at, 0, { intent: intents[k] as string, confidence });
    if (ranked.length > MOST_ALTERNATIVES + 1) ranked.pop();
  }
  return ranked;
}

/** What else was meant by somebody who says that there is no danger. */
function withoutDanger(ranked: readonly IntentScore[]): readonly IntentScore[] {
  const share = ranked.find((score) => score.intent === DANGER_INTENT)?.confidence ?? 0;
  if (share >= 1) return ranked;
  return ranked
    .filter((score) => score.intent !== DANGER_INTENT)
    .map(({ intent, confidence }) => ({ intent, confidence: confidence / (1 - share) }));
}

/** Danger always wins; what else was asked follows as an alternative. */
function asDanger(ranked: readonly IntentScore[]) {
  const own = ranked.find((score) => score.intent === DANGER_INTENT);
  const confidence = Math.max(own?.confidence ?? 0, DANGER_AT_LEAST);
  const others = ranked.filter((score) => score.intent !== DANGER_INTENT);
  return {
    intent: DANGER_INTENT,
    confidence,
    decision: 'accept' as const,
    alternatives: [{ intent: DANGER_INTENT, confidence }, ...others].slice(0, MOST_ALTERNATIVES),
  };
}
