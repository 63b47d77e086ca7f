/** Lower case, no marks, single spaces, no punctuation: how labels and key words are compared with what is typed. */
export function foldWords(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Key words as an author writes them, folded; "…" stands for any words between. */
export function foldPattern(words: string): string {
  return words
    .split(/…|\.{3}/)
    .map(foldWords)
    .join(' … ');
}

/** Whether folded key words occur in a folded text as whole words, in this order. */
export function hasWords(foldedText: string, pattern: string): boolean {
  const text = ` ${foldedText} `;
  let from = 0;
  for (const part of pattern.split(' … ')) {
    const at = text.indexOf(` ${part} `, from);
    if (part === '' || at < 0) {
      return false;
    }
    from = at + part.length + 1;
  }
  return true;
}
