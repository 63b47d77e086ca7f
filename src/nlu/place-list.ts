/** A line of the place list: what its first letter says of it, its head, and the province it stands under. */
export interface PlaceLine {
  readonly kind: 'P' | 'D' | 'A';
  readonly head: string;
  readonly province: string;
}

/** Where a name stands in the list. */
export interface Mention {
  readonly line: PlaceLine;
  readonly isHead: boolean;
  readonly from: number;
  readonly to: number;
}

/** Calls `note` for every name in a list, and `merge` for every province that became part of another. */
export function readPlaceList(
  text: string,
  note: (mention: Mention) => void,
  merge: (from: string, into: string) => void,
): void {
  let province = '';
  let next = 0;
  for (const [number, line] of text.split('\n').entries()) {
    const begin = next;
    next += line.length + 1;
    if (line === '' || line.startsWith('#') || line.startsWith('[')) continue;
    const kind = line.charAt(0);
    if (line.charAt(1) !== ' ' || !'PDMA'.includes(kind)) {
      throw new Error(
        `Place list, line ${number + 1}: expected "P ", "D ", "M " or "A " at the start, found "${line.slice(0, 20)}".`,
      );
    }
    const end = headEnd(line, kind);
    const head = line.slice(2, end);
    if (kind === 'P') province = head;
    if (kind === 'M') {
      eachListed(line, (from, to) => merge(line.slice(from, to), head));
      continue;
    }
    const told: PlaceLine = { kind: kind as PlaceLine['kind'], head, province };
    if (kind !== 'A') note({ line: told, isHead: true, from: begin + 2, to: begin + end });
    eachListed(line, (from, to) => note({ line: told, isHead: false, from: begin + from, to: begin + to }));
  }
}

/** Where the head of a line ends; what kind of district it is stands in brackets after it. */
function headEnd(line: string, kind: string): number {
  const colon = line.indexOf(':');
  const end = colon < 0 ? line.length : colon;
  const bracket = kind === 'D' ? line.slice(0, end).search(/ \(.*\)$/) : -1;
  return bracket < 0 ? end : bracket;
}

/** The names after the head, which stand between commas. */
function eachListed(line: string, take: (from: number, to: number) => void): void {
  const colon = line.indexOf(':');
  if (colon < 0) return;
  for (let from = colon + (line[colon + 1] === ' ' ? 2 : 1); from < line.length; ) {
    const comma = line.indexOf(', ', from);
    const to = comma < 0 ? line.length : comma;
    take(from, to);
    from = to + 2;
  }
}
