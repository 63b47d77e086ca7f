/** Ids for the visitor's messages: they sort by the time of writing, also when the clock stands still. */
export function createMessageIds(now: () => number, random: () => number): () => string {
  let lastTime = 0;
  return () => {
    lastTime = Math.max(now(), lastTime + 1);
    const tail = Math.floor(random() * 36 ** 8).toString(36);
    return `${lastTime.toString(36).padStart(9, '0')}-${tail.padStart(8, '0')}`;
  };
}
