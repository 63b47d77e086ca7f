import { decodeTelex, decodeVni } from './input-methods.ts';
import { EDGE_WORD, ENTITY_WORD, NUMBER_WORD, type WordModel } from './lexicon.ts';
import type { WordLists } from './nlu-model.ts';
import { bareWord } from './normalize.ts';
import { type RawWord, type ReadWord, readAs } from './read-word.ts';
import { slipCost } from './slip-cost.ts';
import { isSyllable } from './vietnamese-syllable.ts';

/** One way of reading a raw word. */
interface Candidate {
  readonly words: readonly ReadWord[];
  /** Their numbers in the lexicon; undefined for words that were never seen. */
  readonly ids: readonly (number | undefined)[];
  /** How far from what was written, in nats. */
  readonly cost: number;
}

export type RepairLists = Pick<WordLists, 'spellings' | 'classes'>;

/** Finds the likeliest reading of every word among its neighbours. */
export type Repair = (words: readonly RawWord[]) => readonly (readonly ReadWord[])[];

const COST = {
  spelling: 1,
  itself: 1,
  telex: 1,
  doubled: 1.5,
  run: 4,
  perCut: 1.5,
  unknown: 6,
  rare: 3,
  guard: 2,
} as const;
const SHORTEST_SLIP = 3;
const SHORTEST_DOUBLE_SLIP = 4;
const COSTLIEST_SLIP = 6.6;
const COSTLIEST_DOUBLE_SLIP = 10;
const MOST_SLIPS = 8;
/** A word seen so often is a word, whatever it looks like. */
const FAMILIAR = 8;
/** The same for a possible syllable. */
const FAMILIAR_SYLLABLE = 4;

/** Readings of words are kept, so that the words of every day are guessed at once; forgotten when so many are known. */
const READINGS_KEPT = 8192;
const LONGEST_KEPT = 16;

const plain = (folded: string, lower: string = folded): RawWord => ({ lower, folded, kind: 'word' });

/** Makes the repair of a word model and a table of chat spellings; words are read with their classes. */
export function createRepair(model: WordModel, { spellings, classes }: RepairLists): Repair {
  const idOf = ({ kind, folded }: RawWord): number | undefined => {
    if (kind === 'word') return model.idOf(folded);
    return kind === 'number' ? NUMBER_WORD : ENTITY_WORD;
  };
  const make = (words: readonly RawWord[], cost: number): Candidate => ({
    words: words.map((word) => readAs(word, classes)),
    ids: words.map(idOf),
    cost,
  });

  const knownByKind = {
    word: new Map<string, readonly Candidate[]>(),
    number: new Map<string, readonly Candidate[]>(),
    entity: new Map<string, readonly Candidate[]>(),
  };

  const read = (word: RawWord): readonly Candidate[] => {
    const known = knownByKind[word.kind];
    const kept = known.get(word.lower);
    if (kept !== undefined) return kept;
    const candidates = word.kind === 'word' ? readAnew(word) : [make([word], 0)];
    if (word.lower.length <= LONGEST_KEPT) {
      if (known.size >= READINGS_KEPT) known.clear();
      known.set(word.lower, candidates);
    }
    return candidates;
  };

  const readAnew = (word: RawWord): readonly Candidate[] => {
    const spelling = spellings.get(word.lower);
    if (spelling !== undefined) {
      const readings = spelling.readings.map((reading) => make(reading, COST.spelling));
      return spelling.keepsItself ? [...readings, make([word], COST.itself)] : readings;
    }
    return isSyllable(word.folded) ? readSyllable(word) : guess(word);
  };

  /** A possible syllable is a slip only where it was never seen and its neighbours speak for another word. */
  const readSyllable = (word: RawWord): readonly Candidate[] => {
    const itself = [make([word], 0)];
    const id = model.idOf(word.folded);
    if (id !== undefined && model.countOf(id) >= FAMILIAR_SYLLABLE) return itself;
    return [...itself, ...slips(word.folded, COST.guard)];
  };

  const guess = (word: RawWord): readonly Candidate[] => {
    const id = model.idOf(word.folded);
    const count = id === undefined ? 0 : model.countOf(id);
    const isFamiliar = count >= FAMILIAR;
    const found = [make([word], isFamiliar ? 0 : count >= 2 ? COST.rare : COST.unknown)];
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
    const isKnown = (part: string): boolean => part.length > 1 && (model.idOf(part) ?? -1) >= 0 && isSyllable(part);
    const found: Candidate[] = [];
    for (let i = 2; i <= folded.length - 2; i++) {
      const head = folded.slice(0, i);
      if (!isKnown(head)) continue;
      const tail = folded.slice(i);
      if (isKnown(tail)) found.push(make([plain(head), plain(tail)], COST.run + COST.perCut));
      for (let j = 2; j <= tail.length - 2; j++) {
        const middle = tail.slice(0, j);
        const end = tail.slice(j);
        if (isKnown(middle) && isKnown(end))
          found.push(make([plain(head), plain(middle), plain(end)], COST.run + 2 * COST.perCut));
      }
    }
    return found;
  };

  const slips = (folded: string, more = 0): readonly Candidate[] => {
    if (folded.length < SHORTEST_SLIP || folded.length > 12) return [];
    const isLong = folded.length >= SHORTEST_DOUBLE_SLIP;
    const most = isLong ? COSTLIEST_DOUBLE_SLIP : COSTLIEST_SLIP;
    return model
      .near(folded, isLong ? 2 : 1)
      .map((id) => ({ id, cost: slipCost(folded, model.wordOf(id)) }))
      .filter(({ cost }) => cost > 0 && cost <= most)
      .sort((a, b) => a.cost - b.cost || model.countOf(b.id) - model.countOf(a.id))
      .slice(0, MOST_SLIPS)
      .map(({ id, cost }) => make([plain(model.wordOf(id))], cost + more));
  };

  return (words) => {
    const lattice = words.map(read);
    return lattice.every(isClear)
      ? lattice.map((candidates) => (candidates[0] as Candidate).words)
      : bestPath(lattice, model);
  };
}

const isClear = (candidates: readonly Candidate[]): boolean => candidates.length === 1;

const ONLY: readonly number[] = [0];

/** The cheapest way through the lattice: cost of each reading plus the surprise of each word after the one before. */
function bestPath(lattice: readonly (readonly Candidate[])[], model: WordModel): readonly (readonly ReadWord[])[] {
  /** The ways up to here: what they cost, and the last word of each. */
  let costs: readonly number[] = [0];
  let lasts: readonly (number | undefined)[] = [EDGE_WORD];
  const cameFrom: (readonly number[])[] = [];
  for (const candidates of lattice) {
    const [only] = candidates;
    // Between two words that can be read in one way only there is nothing to choose.
    if (candidates.length === 1 && costs.length === 1 && only?.ids.length === 1) {
      costs = ONLY;
      lasts = only.ids;
      cameFrom.push(ONLY);
      continue;
    }
    const nextCosts: number[] = [];
    const nextLasts: (number | undefined)[] = [];
    const from: number[] = [];
    for (const { ids, cost: own } of candidates) {
      let best = Number.POSITIVE_INFINITY;
      let origin = 0;
      for (let i = 0; i < costs.length; i++) {
        const cost = (costs[i] as number) + model.surprise(lasts[i], ids[0]);
        if (cost < best) {
          best = cost;
          origin = i;
        }
      }
      let cost = best + own;
      for (let i = 1; i < ids.length; i++) cost += model.surprise(ids[i - 1], ids[i]);
      nextCosts.push(cost);
      nextLasts.push(ids[ids.length - 1]);
      from.push(origin);
    }
    costs = nextCosts;
    lasts = nextLasts;
    cameFrom.push(from);
  }
  const closing = costs.map((cost, i) => cost + model.surprise(lasts[i], EDGE_WORD));
  let at = closing.indexOf(Math.min(...closing));
  const path = new Array<readonly ReadWord[]>(lattice.length);
  for (let i = lattice.length - 1; i >= 0; i--) {
    const candidates = lattice[i] as readonly Candidate[];
    path[i] = (candidates[at] as Candidate).words;
    at = cameFrom[i]?.[at] ?? 0;
  }
  return path;
}
