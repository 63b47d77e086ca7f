import { deniedTokens } from './denied-danger.ts';
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
import { namesDangerInEnglish } from './english-danger.ts';
import { compilePhrases, findPhrases } from './find-phrases.ts';
import { type PreparedText, prepare } from './normalize.ts';
import { type Token, tokenize } from './tokenize.ts';

/** What the rules of the emergency lane see in an utterance. */
export interface DangerSigns {
  /** The rule that spoke. */
  readonly rule?: 'shock' | 'spark' | 'fire' | 'wire' | 'pole' | 'flood' | 'english';
  /** Words of advice, supposition or the past stand beside it; said only where a rule spoke or might have. */
  readonly isUnreal: boolean;
  /** Danger is named, and said not to be there. */
  readonly isDenied?: boolean;
}

/** With a danger sign, the classifier has to think it this unlikely to silence the rule. */
const SILENCED_BELOW = 0.06;
/** A sign beside "nếu", "phòng tránh" and the like counts when the classifier agrees. */
const UNREAL_ABOVE = 0.5;
/** Without any sign the classifier has to be this sure. */
const UNAIDED_ABOVE = 0.6;
/** Where danger is denied in so many words, it hears the same words: then surer still. */
const DENIED_ABOVE = 0.95;

/**
 * The emergency lane: present danger to life, found by rules and, where there is a model, its probability for
 * danger. With no model the rules decide alone, so that the lane works when all else is down.
 */
export function detectEmergency(utterance: string, probability?: number): boolean {
  const text = prepare(utterance);
  return decideEmergency(findDanger(text, tokenize(text)), probability);
}

/** The lane's decision on signs that were found before. `isLegible`: asked where the classifier alone would decide. */
export function decideEmergency(
  signs: DangerSigns,
  probability?: number,
  isLegible: () => boolean = () => true,
): boolean {
  if (signs.rule === undefined) {
    const leastSure = signs.isDenied === true ? DENIED_ABOVE : UNAIDED_ABOVE;
    return probability !== undefined && probability >= leastSure && isLegible();
  }
  // The classifier has learned no English: it has no say in it.
  if (signs.rule === 'english') return true;
  if (signs.isUnreal) return probability !== undefined && probability >= UNREAL_ABOVE;
  return probability === undefined || probability >= SILENCED_BELOW;
}

/** Whether danger is named only to say that it is not there: "không có khói gì đâu em". */
export function deniesDanger(utterance: string): boolean {
  const text = prepare(utterance);
  const { rule, isDenied } = findDanger(text, tokenize(text));
  return rule === undefined && isDenied === true;
}

/** How far apart, in words, a thing and what happens to it may stand. */
const REACH = 7;

/** Looks for the words of danger. */
export function findDanger(text: PreparedText, tokens: readonly Token[]): DangerSigns {
  if (!text.hasMarks && namesDangerInEnglish(text.folded)) return { rule: 'english', isUnreal: false };
  const options = { hasMarks: text.hasMarks, oftenUnmarked: OFTEN_UNMARKED };
  const signs = findPhrases(tokens, DANGER_PHRASES, options);
  if (!EVENTS.some((kind) => signs.has(kind))) return { isUnreal: false };
  const figures = findPhrases(tokens, FIGURE_PHRASES, options).get('figure');
  const isFigure = (at: number): boolean => figures?.some((start) => at === start || at === start + 1) ?? false;
  const denied = deniedTokens(text, tokens);
  const isDenied = denied.size > 0;
  const found =
    figures === undefined && !isDenied
      ? signs
      : findPhrases(
          tokens.filter((_, i) => !isFigure(i) && !denied.has(i)),
          DANGER_PHRASES,
          options,
        );
  // Alone and unmarked, "đền" is also "đến" and "phòng" also "phóng".
  const isUnreal = found.has('unreal') || (text.hasMarks && found.has('unrealWithMarks'));
  const beside = (things: DangerKind, events: DangerKind): boolean => {
    const at = found.get(events) ?? [];
    return (found.get(things) ?? []).some((thing) => at.some((event) => Math.abs(event - thing) <= REACH));
  };
  if (found.has('shock')) return { rule: 'shock', isUnreal };
  if (found.has('spark')) return { rule: 'spark', isUnreal };
  if (beside('device', 'fire')) return { rule: 'fire', isUnreal };
  if (beside('wire', 'wireFault')) return { rule: 'wire', isUnreal };
  if (beside('pole', 'poleFault')) return { rule: 'pole', isUnreal };
  if (beside('floodable', 'flood')) return { rule: 'flood', isUnreal };
  return { isUnreal, isDenied };
}

const isClearUnmarked = (phrase: string): boolean => phrase.includes(' ') || phrase === 'nếu';

const LISTS = {
  shock: SHOCKS,
  spark: SPARKS,
  fire: FIRES,
  device: DEVICES,
  wire: WIRES,
  wireFault: WIRE_FAULTS,
  pole: POLES,
  poleFault: POLE_FAULTS,
  floodable: FLOODABLE,
  flood: FLOODS,
  unreal: UNREAL.filter(isClearUnmarked),
  unrealWithMarks: UNREAL.filter((phrase) => !isClearUnmarked(phrase)),
};
type DangerKind = keyof typeof LISTS;

const DANGER_PHRASES = compilePhrases(LISTS);
/** What happens; without any of these there is no danger, whatever things are named. */
const EVENTS: readonly DangerKind[] = ['shock', 'spark', 'fire', 'wireFault', 'poleFault', 'flood'];
const FIGURE_PHRASES = compilePhrases({ figure: FIGURES });

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
