/** Numbers hashes in the order in which they come: a table of its own, since a `Map` of a million is slow. */
export interface Numbering {
  /** The number of a hash, a new one for a new hash. */
  numberOf(hash: number): number;
  /** The number of a hash, or `UNKNOWN`. */
  find(hash: number): number;
  hashOf(number: number): number;
}

export const UNKNOWN = -1;
const ROOM_FIRST = 1 << 16;

export function createNumbering(): Numbering {
  let hashes = new Int32Array(ROOM_FIRST);
  /** By slot, one more than the number; 0 marks a free slot. Never more than half full. */
  let slots = new Int32Array(2 * ROOM_FIRST);
  let count = 0;
  const slotOf = (hash: number): number => {
    const mask = slots.length - 1;
    let at = (hash ^ (hash >>> 15)) & mask;
    for (let kept = slots[at] as number; kept !== 0; kept = slots[at] as number) {
      if (hashes[kept - 1] === hash) break;
      at = (at + 1) & mask;
    }
    return at;
  };
  const grow = (): void => {
    const larger = new Int32Array(2 * hashes.length);
    larger.set(hashes);
    hashes = larger;
    slots = new Int32Array(2 * hashes.length);
    for (let number = 0; number < count; number++) slots[slotOf(hashes[number] as number)] = number + 1;
  };
  return {
    numberOf(hash) {
      let at = slotOf(hash);
      if (slots[at] !== 0) return (slots[at] as number) - 1;
      if (count === hashes.length) {
        grow();
        at = slotOf(hash);
      }
      hashes[count] = hash;
      slots[at] = ++count;
      return count - 1;
    },
    find(hash) {
      return (slots[slotOf(hash)] as number) - 1;
    },
    hashOf: (number) => hashes[number] as number,
  };
}
