import { decodeTelex, decodeVni } from './input-methods.ts';
import { EDGE_WORD, ENTITY_WORD, NUMBER_WORD, type WordModel } from './lexicon.ts';
import { bareWord } from './normalize.ts';
import type { SpellingTable } from './spellings.ts';
import { isSyllable } from './vietnamese-syllable.ts';

/** A word on its way through repair; numbers and entities pass unchanged and only lend their neighbours context. */
export interface RawWord {
  readonly lower: string;
  readonly folded: string;
  readonly kind: 'word' | 'number' | 'entity';
}

/** One way of reading a raw word. */
interface Candidate {
  readonly words: readonly RawWord[];
  /** How far from what was written, in nats. */
  readonly cost: number;
}

/** Finds the likeliest reading of every word among its neighbours. */
export type Repair = (words: readonly RawWord[]) => readonly (readonly RawWord[])[];

const COST = {
  spelling: 1,
  itself: 1,
  telex: 1,
  doubled: 1.5,
  run: 4,
  perCut: 1.5,
  slip: 4.5,
  swap: 3.5,
  unknown: 6,
} as const;
const SHORTEST_SLIP = 3;
const MOST_SLIPS = 8;

/** Makes the repair of a word model and a table of chat spellings. */
export function createRepair(model: WordModel, spellings: SpellingTable): Repair {
  const plain = (folded: string, lower: string = folded): RawWord => ({ lower, folded, kind: 'word' });
  const make = (words: readonly RawWord[], cost: number): Candidate => ({ words, cost });

  const read = (word: RawWord): readonly Candidate[] => {
    if (word.kind !== 'word') return [make([word], 0)];
    const spelling = spellings.get(word.lower);
    if (spelling !== undefined) {
      const readings = spelling.readings.map((reading) => make(reading, COST.spelling));
      return spelling.keepsItself ? [...readings, make([word], COST.itself)] : readings;
    }
    if (isSyllable(word.folded)) return [make([word], 0)];
    return guess(word);
  };

  const guess = (word: RawWord): readonly Candidate[] => {
    const id = model.idOf(word.folded);
    const isFamiliar = id !== undefined && model.countOf(id) >= 2;
    const found = [make([word], isFamiliar ? 0 : COST.unknown)];
    if (word.lower === word.folded || /[dwaeo]/.test(word.folded)) {
      const typed =
        decodeTelex(word.lower) ??
        decodeVni(word.lower) ??
        (word.lower === word.folded ? undefined : decodeTelex(word.folded));
      if (typed !== undefined) found.push(make([plain(bareWord(typed), typed)], COST.telex));
    }
    const single = word.folded.replace(/(.)\1+/g, '$1');
    if (single !== word.folded && (isSyllable(single) || model.idOf(single) !== undefined))
      found.push(make([plain(single)], COST.doubled));
    if (isFamiliar) return found;
    found.push(...cut(word.folded), ...slips(word.folded));
    return found;
  };

  /** "tiendien" read as two or three words that were seen before. */
  const cut = (folded: string): readonly Candidate[] => {
    if (folded.length < 5 || folded.length > 18) return [];
    const known = (part: string): boolean => part.length > 1 && (model.idOf(part) ?? -1) >= 0 && isSyllable(part);
    const found: Candidate[] = [];
    for (let i = 2; i <= folded.length - 2; i++) {
      const head = folded.slice(0, i);
      if (!known(head)) continue;
      const tail = folded.slice(i);
      if (known(tail)) found.push(make([plain(head), plain(tail)], COST.run + COST.perCut));
      for (let j = 2; j <= tail.length - 2; j++) {
        const middle = tail.slice(0, j);
        const end = tail.slice(j);
        if (known(middle) && known(end))
          found.push(make([plain(head), plain(middle), plain(end)], COST.run + 2 * COST.perCut));
      }
    }
    return found;
  };

  const slips = (folded: string): readonly Candidate[] => {
    if (folded.length < SHORTEST_SLIP || folded.length > 12) return [];
    return model
      .near(folded)
      .map((id) => ({ id, cost: slipCost(folded, model.wordOf(id)) }))
      .filter(({ cost }) => cost > 0)
      .sort((a, b) => a.cost - b.cost || model.countOf(b.id) - model.countOf(a.id))
      .slice(0, MOST_SLIPS)
      .map(({ id, cost }) => make([plain(model.wordOf(id))], cost));
  };

  return (words) => {
    const lattice = words.map(read);
    return lattice.every((candidates) => candidates.length === 1)
      ? lattice.map((candidates) => (candidates[0] as Candidate).words)
      : bestPath(lattice, model);
  };
}

/** The cost of one slip between two words, or 0 when it takes more than one. */
function slipCost(written: string, meant: string): number {
  const difference = written.length - meant.length;
  let i = 0;
  while (i < written.length && i < meant.length && written[i] === meant[i]) i++;
  const first = i === 0 ? 1.5 : 0;
  if (difference === 0) {
    if (written.slice(i + 1) === meant.slice(i + 1)) return COST.slip + first;
    const isSwap =
      written[i] === meant[i + 1] && written[i + 1] === meant[i] && written.slice(i + 2) === meant.slice(i + 2);
    return isSwap ? COST.swap + first : 0;
  }
  if (difference === 1 && written.slice(i + 1) === meant.slice(i)) return COST.slip + first;
  return difference === -1 && written.slice(i) === meant.slice(i + 1) ? COST.slip + first : 0;
}

const ONLY: readonly number[] = [0];

/** The cheapest way through the lattice: cost of each reading plus the surprise of each word after the one before. */
function bestPath(lattice: readonly (readonly Candidate[])[], model: WordModel): readonly (readonly RawWord[])[] {
  const idOf = (word: RawWord): number | undefined => {
    if (word.kind === 'word') return model.idOf(word.folded);
    return word.kind === 'number' ? NUMBER_WORD : ENTITY_WORD;
  };
  let ends: { cost: number; last: number | undefined }[] = [{ cost: 0, last: EDGE_WORD }];
  const cameFrom: (readonly number[])[] = [];
  for (const candidates of lattice) {
    const next: { cost: number; last: number | undefined }[] = [];
    const from: number[] = [];
    const [only] = candidates;
    // Between two words that can be read in one way only there is nothing to choose.
    if (candidates.length === 1 && ends.length === 1 && only?.words.length === 1) {
      ends = [{ cost: 0, last: idOf(only.words[0] as RawWord) }];
      cameFrom.push(ONLY);
      continue;
    }
    for (const candidate of candidates) {
      const ids = candidate.words.map(idOf);
      let best = Number.POSITIVE_INFINITY;
      let origin = 0;
      ends.forEach((end, i) => {
        const cost = end.cost + model.surprise(end.last, ids[0]);
        if (cost < best) {
          best = cost;
          origin = i;
        }
      });
      let cost = best + candidate.cost;
      for (let i = 1; i < ids.length; i++) cost += model.surprise(ids[i - 1], ids[i]);
      next.push({ cost, last: ids.at(-1) });
      from.push(origin);
    }
    ends = next;
    cameFrom.push(from);
  }
  const closing = ends.map((end) => end.cost + model.surprise(end.last, EDGE_WORD));
  let at = closing.indexOf(Math.min(...closing));
  const path: (readonly RawWord[])[] = [];
  for (let i = lattice.length - 1; i >= 0; i--) {
    const candidates = lattice[i] as readonly Candidate[];
    path.unshift((candidates[at] as Candidate).words);
    at = cameFrom[i]?.[at] ?? 0;
  }
  return path;
}
