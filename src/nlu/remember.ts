const MOST_KEPT = 8192;
const LONGEST_KEPT = 16;

/** The function with its answers for everyday words kept; all are forgotten when so many are known. */
export function remember<T>(make: (word: string) => T): (word: string) => T {
  const kept = new Map<string, { readonly answer: T }>();
  return (word) => {
    const known = kept.get(word);
    if (known !== undefined) return known.answer;
    const answer = make(word);
    if (word.length > LONGEST_KEPT) return answer;
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(word, { answer });
    return answer;
  };
}
