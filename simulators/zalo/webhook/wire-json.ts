/** One way to write the same JSON. Zalo's own spelling is not promised, so the simulator varies it. */
export interface Spelling {
  readonly keys: 'declared' | 'reversed' | 'sorted';
  readonly unicode: 'raw' | 'escaped' | 'escaped_upper';
  readonly slashes: 'raw' | 'escaped';
}

/** What `JSON.stringify` would write. */
export const PLAIN: Spelling = { keys: 'declared', unicode: 'raw', slashes: 'raw' };

/** Chooses a spelling from a number between 0 and 1; whoever signs a re-serialised body fails on most of them. */
export function spellingOf(fraction: number): Spelling {
  const at = Math.floor(fraction * 18);
  return {
    keys: (['declared', 'reversed', 'sorted'] as const)[at % 3] ?? 'declared',
    unicode: (['raw', 'escaped', 'escaped_upper'] as const)[Math.floor(at / 3) % 3] ?? 'raw',
    slashes: at >= 9 ? 'escaped' : 'raw',
  };
}

/** Writes a JSON value in the given spelling. */
export function writeJson(value: unknown, spelling: Spelling): string {
  if (Array.isArray(value)) {
    return `[${value.map((item) => writeJson(item ?? null, spelling)).join(',')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const members = inOrder(
      Object.entries(value).filter(([, member]) => member !== undefined),
      spelling,
    );
    return `{${members.map(([key, member]) => `${writeText(key, spelling)}:${writeJson(member, spelling)}`).join(',')}}`;
  }
  return typeof value === 'string' ? writeText(value, spelling) : JSON.stringify(value);
}

function inOrder(members: [string, unknown][], { keys }: Spelling): [string, unknown][] {
  if (keys === 'declared') {
    return members;
  }
  return keys === 'reversed' ? members.reverse() : members.sort(([a], [b]) => (a < b ? -1 : 1));
}

function writeText(text: string, { unicode, slashes }: Spelling): string {
  const json = JSON.stringify(text);
  const slashed = slashes === 'escaped' ? json.replaceAll('/', '\\/') : json;
  if (unicode === 'raw') {
    return slashed;
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all that is not ASCII is meant
  return slashed.replace(/[^\x00-\x7f]/g, (unit) => {
    const hex = unit.charCodeAt(0).toString(16).padStart(4, '0');
    return `\\u${unicode === 'escaped_upper' ? hex.toUpperCase() : hex}`;
  });
}
