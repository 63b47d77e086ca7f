import type { Line } from './lines.ts';

/** Copies share more than this share of their words, in the same order: of six words five. */
const LIKE = 0.82;
/** A single word can be said in one way only. */
const SHORTEST = 2;

/** Pairs of one intent of which the second teaches nothing: repaired and without marks they are all but the same. */
export function nearCopies(lines: readonly Line[]): string[] {
  const found: { readonly likeness: number; readonly text: string }[] = [];
  for (const [intent, own] of Map.groupBy(lines, (line) => line.intent)) {
    for (const [i, line] of own.entries()) {
      for (const other of own.slice(i + 1)) {
        const likeness = likenessOf(line.words, other.words);
        if (likeness > LIKE) found.push({ likeness, text: `${intent}: ${line.utterance} | ${other.utterance}` });
      }
    }
  }
  return found.sort((a, b) => b.likeness - a.likeness).map(({ text }) => text);
}

/** Utterances of the same words under different intents: the learner cannot obey both. */
export function contradictions(lines: readonly Line[]): string[] {
  const found: string[] = [];
  const first = new Map<string, Line>();
  for (const line of lines) {
    if (line.words.length < SHORTEST) continue;
    const key = line.words.join();
    const other = first.get(key) ?? line;
    first.set(key, other);
    if (other.intent !== line.intent) {
      found.push(`${other.intent}: ${other.utterance} | ${line.intent}: ${line.utterance}`);
    }
  }
  return found;
}

/** Words in the same order that both have, among all that either has. */
function likenessOf(a: readonly number[], b: readonly number[]): number {
  const [short, long] = [Math.min(a.length, b.length), Math.max(a.length, b.length)];
  if (short < SHORTEST || short <= LIKE * long) return 0;
  const shared = longestShared(a, b);
  return shared / (a.length + b.length - shared);
}

/** The length of the longest sequence of words that stands in both. */
function longestShared(a: readonly number[], b: readonly number[]): number {
  const lengths = new Int32Array(b.length + 1);
  for (const word of a) {
    let diagonal = 0;
    for (let j = 1; j <= b.length; j++) {
      const above = lengths[j] as number;
      lengths[j] = word === b[j - 1] ? diagonal + 1 : Math.max(above, lengths[j - 1] as number);
      diagonal = above;
    }
  }
  return lengths[b.length] as number;
}
