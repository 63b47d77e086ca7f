/** Things that carry current. */
const ELECTRIC =
  '(?:power|electric\\w*|poles?|wires?|wiring|cables?|lines?|transformers?|meters?|outlets?|sockets?|breakers?|fuse|fusebox|plug)';
const BURNS = '(?:fire|burning|burns|smoke|smoking|sparks?|sparking|explo\\w+|flames?)';
const FALLS = '(?:down|fallen|fell|falling|broken|broke|snapped|hanging|collapsed|on the (?:ground|road|street|floor))';
const HANGS = '(?:poles?|wires?|cables?|power ?lines?|electric lines?)';
/** So many words may stand between a thing and what happens to it. */
const BETWEEN = '(?: \\S+){0,6} ';

const DANGERS: readonly RegExp[] = [
  /\belectrocut\w*|\belectric(?:al)? shocks?\b|\b(?:got|getting|been|being|was|is) shocked\b|\bshocked by\b/,
  new RegExp(`\\b${BURNS}${BETWEEN}${ELECTRIC}\\b|\\b${ELECTRIC}${BETWEEN}${BURNS}\\b`),
  new RegExp(`\\b${HANGS}${BETWEEN}${FALLS}\\b|\\b(?:fallen|downed|broken|live)${BETWEEN}?${HANGS}\\b`),
];
/** Advice is asked for, or something supposed. */
const UNREAL = /\b(?:avoid|prevent|protect|if|safety tips?|how to stay safe|last (?:week|month|year)|compensat\w*)\b/;

/** Whether words in English tell of present danger; `text` in lower case without marks. */
export function namesDangerInEnglish(text: string): boolean {
  const words = text.replaceAll(/[^a-z0-9]+/g, ' ').trim();
  return DANGERS.some((danger) => danger.test(words)) && !UNREAL.test(words);
}
