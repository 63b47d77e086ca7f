import {
  DEVICES,
  FIGURES,
  FIRES,
  FLOODABLE,
  FLOODS,
  POLE_FAULTS,
  POLES,
  SHOCKS,
  SPARKS,
  UNREAL,
  WIRE_FAULTS,
  WIRES,
} from './emergency-words.ts';
import { compilePhrases, findPhrases, type Phrases } from './find-phrases.ts';
import { type PreparedText, prepare } from './normalize.ts';
import { type Token, tokenize } from './tokenize.ts';

/** What the rules of the emergency lane see in an utterance. */
export interface DangerSigns {
  /** The rule that spoke. */
  readonly rule?: 'shock' | 'spark' | 'fire' | 'wire' | 'pole' | 'flood';
  /** Words of advice, supposition or the past stand beside it. */
  readonly isUnreal: boolean;
}

/** With a danger sign, the classifier has to think it this unlikely to silence the rule. */
const SILENCED_BELOW = 0.06;
/** A sign beside "nếu", "phòng tránh" and the like counts when the classifier agrees. */
const UNREAL_ABOVE = 0.5;
/** Without any sign the classifier has to be this sure. */
const UNAIDED_ABOVE = 0.6;

/**
 * The emergency lane: present danger to life, found by rules and, where there is a model, its probability for
 * danger. With no model the rules decide alone, so that the lane works when all else is down.
 */
export function detectEmergency(utterance: string, probability?: number): boolean {
  const text = prepare(utterance);
  return decideEmergency(findDanger(text, tokenize(text)), probability);
}

/** The lane's decision on signs that were found before. */
export function decideEmergency(signs: DangerSigns, probability?: number): boolean {
  if (signs.rule === undefined) return probability !== undefined && probability >= UNAIDED_ABOVE;
  if (signs.isUnreal) return probability !== undefined && probability >= UNREAL_ABOVE;
  return probability === undefined || probability >= SILENCED_BELOW;
}

/** How far apart, in words, a thing and what happens to it may stand. */
const REACH = 7;

/** Looks for the words of danger. */
export function findDanger(text: PreparedText, tokens: readonly Token[]): DangerSigns {
  const words = withoutFigures(tokens, text.hasMarks);
  const find = (phrases: Phrases): number[] => positions(words, phrases, text.hasMarks);
  // Alone and unmarked, "đền" is also "đến" and "phòng" also "phóng".
  const isUnreal = find(text.hasMarks ? LISTS.unreal : LISTS.unrealUnmarked).length > 0;
  const beside = (things: Phrases, events: Phrases): boolean => {
    const at = find(events);
    return at.length > 0 && find(things).some((thing) => at.some((event) => Math.abs(event - thing) <= REACH));
  };
  if (find(LISTS.shocks).length > 0) return { rule: 'shock', isUnreal };
  if (find(LISTS.sparks).length > 0) return { rule: 'spark', isUnreal };
  if (beside(LISTS.devices, LISTS.fires)) return { rule: 'fire', isUnreal };
  if (beside(LISTS.wires, LISTS.wireFaults)) return { rule: 'wire', isUnreal };
  if (beside(LISTS.poles, LISTS.poleFaults)) return { rule: 'pole', isUnreal };
  if (beside(LISTS.floodable, LISTS.floods)) return { rule: 'flood', isUnreal };
  return { isUnreal };
}

const LISTS = {
  shocks: compilePhrases(SHOCKS),
  sparks: compilePhrases(SPARKS),
  fires: compilePhrases(FIRES),
  devices: compilePhrases(DEVICES),
  wires: compilePhrases(WIRES),
  wireFaults: compilePhrases(WIRE_FAULTS),
  poles: compilePhrases(POLES),
  poleFaults: compilePhrases(POLE_FAULTS),
  floodable: compilePhrases(FLOODABLE),
  floods: compilePhrases(FLOODS),
  figures: compilePhrases(FIGURES),
  unreal: compilePhrases(UNREAL),
  unrealUnmarked: compilePhrases(UNREAL.filter((phrase) => phrase.includes(' ') || phrase === 'nếu')),
};

/** Words that mean something else without marks: with marks in the rest of the text they count as written. */
const OFTEN_UNMARKED = new Set([
  'no',
  'lo',
  'te',
  'sa',
  'de',
  'do',
  'xet',
  'dung',
  'phong',
  'neu',
  'den',
  'tram',
  'day',
]);

function positions(tokens: readonly Token[], phrases: Phrases, hasMarks: boolean): number[] {
  return findPhrases(tokens, phrases, { hasMarks, oftenUnmarked: OFTEN_UNMARKED });
}

function withoutFigures(tokens: readonly Token[], hasMarks: boolean): readonly Token[] {
  const at = positions(tokens, LISTS.figures, hasMarks);
  return at.length === 0 ? tokens : tokens.filter((_, i) => !at.some((start) => i === start || i === start + 1));
}
