const MOST_KEPT = 8192;
const LONGEST_KEPT = 16;

/** A function of a word with its answers for everyday words kept. */
export interface Remembered<T> {
  (word: string): T;
  /** What decides the answers has changed. */
  forget(): void;
}

/** The function with its answers for everyday words kept; all are forgotten when so many are known. */
export function remember<T>(make: (word: string) => T): Remembered<T> {
  const kept = new Map<string, T>();
  const recall = (word: string): T => {
    const known = kept.get(word);
    if (known !== undefined || kept.has(word)) return known as T;
    const answer = make(word);
    if (word.length > LONGEST_KEPT) return answer;
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(word, answer);
    return answer;
  };
  return Object.assign(recall, { forget: () => kept.clear() });
}

/** The function with its last answer kept: within one turn many ask the same of the same words. */
export function rememberLast<Text, T>(make: (text: Text) => T): (text: Text) => T {
  let last: { readonly text: Text; readonly answer: T } | undefined;
  return (text) => {
    if (last?.text !== text) {
      last = { text, answer: make(text) };
    }
    return last.answer;
  };
}
