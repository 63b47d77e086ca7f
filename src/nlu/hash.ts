/** A 32-bit hash of a word; the same on every machine. */
export function hashWord(word: string): number {
  return hashPart(word, 0, word.length);
}

/** The hash of the word that stands in a text from `from` up to, not including, `to`. */
export function hashPart(text: string, from: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return finish(hash);
}

/** Joins the hash of a sequence with the hash of what follows it. */
export function joinHash(hash: number, next: number): number {
  return finish(Math.imul(hash, 0x9e3779b1) ^ next);
}

function finish(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** A generator of numbers in [0, 1) that gives the same sequence for the same seed. */
export function createRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
