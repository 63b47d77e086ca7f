/** Whether a text says a customer code or a phone number, however it is written: in groups, with +84. */
export function createMentions(words: readonly (string | undefined)[]): (text: string) => boolean {
  const wanted = words
    .filter((each) => each !== undefined)
    // A phone number without its first 0, so that +84 is found, too.
    .map((each) => each.replace(/^0(?=\d+$)/, '').toUpperCase());
  return (text) => {
    const plain = text.replace(/[\s.\-_]/g, '').toUpperCase();
    return wanted.some((each) => plain.includes(each));
  };
}
