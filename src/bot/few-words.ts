/** A published list of places or reasons for the middle of a talk: whole, or its first words up to a comma and `…`. */
export function fewWords(text: string, most: number): string {
  const words = text.split(/\s+/).filter(Boolean);
  if (words.length <= most) {
    return text;
  }
  const first = words.slice(0, most).join(' ');
  const comma = Math.max(first.lastIndexOf(','), first.lastIndexOf(';'));
  const kept = comma > first.length / 2 ? first.slice(0, comma) : first;
  return `${kept.replace(/[.,;:\s]+$/, '')}…`;
}
