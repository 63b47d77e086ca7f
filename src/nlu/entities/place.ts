import { joinHash } from '../hash.ts';
import { bareWord } from '../normalize.ts';
import type { Place, PlaceIndex, PlaceLevel } from '../place-index.ts';
import { mayHold } from '../sieve.ts';
import type { Entity } from '../understanding.ts';
import { wordSet } from '../word-facts.ts';
import { type Extractor, entityOver, gapBefore, phraseAt, phrases, type Reading, says } from './extractor.ts';
import { nearestPlaces } from './nearest-places.ts';
import { strengthOf } from './place-strength.ts';

interface KindWord {
  readonly marked: readonly string[];
  readonly bare: readonly string[];
  readonly levels: readonly PlaceLevel[];
}

const kind = (words: string, ...levels: readonly PlaceLevel[]): KindWord => ({
  marked: words.split(' '),
  bare: words.split(' ').map(bareWord),
  levels,
});

/** Words for kinds of units, and what is written for them, by their first word without marks. */
const KINDS: ReadonlyMap<string, readonly KindWord[]> = new Map([
  ['xa', [kind('xã', 'commune')]],
  ['phuong', [kind('phường', 'commune')]],
  ['dac', [kind('đặc khu', 'commune')]],
  ['huyen', [kind('huyện', 'district')]],
  ['quan', [kind('quận', 'district')]],
  ['tinh', [kind('tỉnh', 'province')]],
  ['thanh', [kind('thành phố', 'province', 'district')]],
  ['thi', [kind('thị trấn', 'commune', 'district'), kind('thị xã', 'district', 'province')]],
  ['x', [kind('x', 'commune')]],
  ['p', [kind('p', 'commune')]],
  ['f', [kind('f', 'commune')]],
  ['tt', [kind('tt', 'commune', 'district')]],
  ['h', [kind('h', 'district')]],
  ['q', [kind('q', 'district')]],
  ['tx', [kind('tx', 'district')]],
  ['tp', [kind('tp', 'province', 'district')]],
  ['t', [kind('t', 'province')]],
]);

const KIND_STARTS = wordSet(KINDS.keys());

interface Candidate {
  readonly places: readonly Place[];
  /** First token, the word for its kind included. */
  readonly first: number;
  readonly next: number;
  readonly strength: number;
}

/** Finds places of the list, old names and new, and joins "xã …, huyện …, tỉnh …" into one. */
export function createPlaceFinder(index: PlaceIndex): Extractor {
  return (reading) => {
    const found: Entity[] = [];
    for (let i = 0; i < reading.tokens.length; i++) {
      const chain = readChain(reading, i, index);
      if (chain === undefined) continue;
      found.push(chain.entity);
      i = chain.next - 1;
    }
    return found;
  };
}

function readChain(reading: Reading, at: number, index: PlaceIndex): { entity: Entity; next: number } | undefined {
  const head = readPlace(reading, at, index);
  // "cúp điện xã …" is no "Điền Xá".
  if (head === undefined || (head.strength < 0.5 && kindAt(reading, head.next - 1)?.next === head.next))
    return undefined;
  const { parts, next, strength } = longestChain(reading, at, head, index);
  if (strength < 0.5 || (parts.length === 1 && isHamlet(reading, at, next))) return undefined;
  const value = isStreet(reading, head.first, parts) ? bestOf(head.places).name : nameOf(parts, index);
  return {
    entity: entityOver(reading, 'place', head.first, next - 1, value, Math.min(0.98, 0.5 + strength / 2)),
    next,
  };
}

interface Chain {
  readonly parts: readonly Place[][];
  readonly next: number;
  readonly strength: number;
}

/**
 * The chain from a place up that takes most words. "Tân Phú Đồng Nai" is Tân Phú in Đồng Nai, though "Tân Phú Đông" is a
 * place, too; of chains of one length that with the longest first name counts.
 */
function longestChain(reading: Reading, at: number, head: Candidate, index: PlaceIndex): Chain {
  let best = chainFrom(reading, { ...head, parts: [[...head.places]] }, index);
  for (let shorter = shorterName(reading, at, head, index); shorter !== undefined; ) {
    const chain = chainFrom(reading, { ...shorter, parts: [[...shorter.places]] }, index);
    if (chain.parts.length > 1 && chain.next > best.next) best = chain;
    shorter = shorterName(reading, at, shorter, index);
  }
  return best;
}

/** Joins the parents that follow, as far as they go. */
function chainFrom(reading: Reading, from: Chain, index: PlaceIndex): Chain {
  if (from.parts.length >= 3) return from;
  const skip = says(reading, from.next, 'của', 'thuộc') ? 1 : 0;
  const at = from.next + skip;
  if (!/^[ ,.\-/()]{0,4}$/.test(gapBefore(reading, at))) return from;
  let best = from;
  for (let parent = readPlace(reading, at, index); parent !== undefined; ) {
    const parts = join(from.parts, parent.places, index);
    if (parts !== undefined) {
      const strength = Math.max(from.strength, parent.strength) + 0.3;
      const chain = chainFrom(reading, { parts, next: parent.next, strength }, index);
      if (chain.next > best.next) best = chain;
    }
    parent = shorterName(reading, at, parent, index);
  }
  return best;
}

/** The place with fewer words that may be meant where another word follows the longer name at once. */
function shorterName(reading: Reading, at: number, { next }: Candidate, index: PlaceIndex): Candidate | undefined {
  const isFollowed = reading.tokens[next] !== undefined && gapBefore(reading, next) === ' ';
  return isFollowed ? readPlace(reading, at, index, next - 1) : undefined;
}

/** "ấp Phú Hòa xã Long Phú": the commune is named after it, so that the name before it is that of a part of it. */
function isHamlet(reading: Reading, first: number, next: number): boolean {
  return says(reading, first - 1, 'ấp', 'khóm', 'thôn', 'đường') && kindAt(reading, next) !== undefined;
}

/** Keeps of every part only the places that lie in one of the parent's; undefined when none does. */
function join(parts: readonly Place[][], parents: readonly Place[], index: PlaceIndex): Place[][] | undefined {
  const own = parts.at(-1) as Place[];
  const inside = own.filter((place) => parents.some((parent) => liesIn(place, parent, index)));
  if (inside.length === 0) return undefined;
  const outer = parents.filter((parent) => inside.some((place) => liesIn(place, parent, index)));
  return [...parts.slice(0, -1), inside, outer];
}

function liesIn(place: Place, parent: Place, index: PlaceIndex): boolean {
  if (parent.level === 'province') {
    const province = place.province;
    return (
      place.level !== 'province' &&
      (province === parent.name || (province !== undefined && index.mergedInto.get(province) === parent.name))
    );
  }
  return (
    parent.level === 'district' &&
    place.level === 'commune' &&
    (place.district === undefined || place.district === parent.name)
  );
}

const STREET = phrases('đường', 'hẻm', 'phố', 'ngõ', 'kiệt', 'ấp', 'khóm', 'thôn', 'xóm');

const HAMLETS = phrases('ấp', 'khóm', 'khu phố', 'thôn', 'tổ', 'kp', 'đội');

/** "12 Hùng Vương" is a house in a street; "ấp 3 Tân Thành" a hamlet of a commune. */
function followsHouse(reading: Reading, first: number): boolean {
  const before = reading.tokens[first - 1];
  return before?.isNumber === true && phraseAt(reading, first - 2, HAMLETS) === 0;
}

/** A street or hamlet that bears the name of a commune somewhere: "đường Nguyễn Trung Trực" says nothing of the province. */
function isStreet(reading: Reading, first: number, parts: readonly (readonly Place[])[]): boolean {
  const isLone = parts.length === 1 && preferred(parts[0] ?? []) === 'commune';
  return isLone && (phraseAt(reading, first - 1, STREET) > 0 || followsHouse(reading, first));
}

/** Small to large; a parent that was not said is added where only one is possible. */
function nameOf(parts: readonly Place[][], index: PlaceIndex): string {
  const names = parts.map((places) => bestOf(places).name);
  const last = parts.at(-1) as Place[];
  const level = preferred(last);
  const same = last.filter((place) => place.level === level);
  const district = level === 'commune' ? only(same.map((place) => place.district)) : undefined;
  const province = level === 'province' ? undefined : onlyProvince(same, index);
  for (const more of [district, province]) if (more !== undefined && more !== names.at(-1)) names.push(more);
  return names.join(' / ');
}

function bestOf(places: readonly Place[]): Place {
  const level = preferred(places);
  return places.find((place) => place.level === level) ?? (places[0] as Place);
}

function preferred(places: readonly Place[]): PlaceLevel {
  for (const level of ['province', 'district', 'commune'] as const)
    if (places.some((place) => place.level === level)) return level;
  return 'commune';
}

/** The one province of all; "xã Cần Đước" of Long An and of Tây Ninh lies in one that took up the other. */
function onlyProvince(places: readonly Place[], index: PlaceIndex): string | undefined {
  const names = places.map(({ province }) => province);
  const today = names.map((name) => (name === undefined ? undefined : (index.mergedInto.get(name) ?? name)));
  return only(names) ?? only(today);
}

function only(names: readonly (string | undefined)[]): string | undefined {
  const first = names[0];
  return first !== undefined && names.every((name) => name === first) ? first : undefined;
}

/** The longest place that begins here, of those that end before a token. */
function readPlace(reading: Reading, at: number, index: PlaceIndex, until = Infinity): Candidate | undefined {
  const kind = kindAt(reading, at);
  if (kind !== undefined) {
    const named =
      numbered(reading, at, kind) ??
      exact(reading, kind.next, index, { levels: kind.levels, until }) ??
      fuzzy(reading, kind.next, index, kind.levels);
    if (named !== undefined && named.next <= until) return { ...named, first: at, strength: 1 };
  }
  const bare = exact(reading, at, index, { until });
  if (bare === undefined) return undefined;
  return {
    ...bare,
    first: at,
    strength: strengthOf(reading, at, {
      level: preferred(bare.places),
      next: bare.next,
      followsKind: kindAt(reading, at - 1) !== undefined,
    }),
  };
}

interface Kind {
  readonly levels: readonly PlaceLevel[];
  readonly next: number;
}

function kindAt(reading: Reading, at: number): Kind | undefined {
  const token = reading.tokens[at];
  if (token === undefined || (token.signs & KIND_STARTS) === 0) return undefined;
  for (const { marked, bare, levels } of KINDS.get(token.folded) ?? []) {
    if (marked.every((word, i) => isKindWord(reading, at + i, word, bare[i])))
      return { levels, next: at + marked.length };
  }
  return undefined;
}

/** These words are often left unmarked in otherwise marked text. */
function isKindWord(reading: Reading, at: number, marked: string, bare: string | undefined): boolean {
  const token = reading.tokens[at];
  return token !== undefined && (token.lower === marked || (token.lower === token.folded && token.folded === bare));
}

/** "quận 7", "p.12": towns number their wards. */
function numbered(reading: Reading, at: number, kind: Kind): Omit<Candidate, 'first' | 'strength'> | undefined {
  const word = reading.tokens[kind.next - 1]?.folded ?? '';
  const label = (
    { quan: 'Quận', q: 'Quận', phuong: 'Phường', p: 'Phường', f: 'Phường' } as Readonly<Record<string, string>>
  )[word];
  const token = reading.tokens[kind.next];
  if (label === undefined || !token?.isNumber || !/^0?[1-9]$|^[12]\d$/.test(token.folded)) return undefined;
  if (!/^[ .]?$/.test(gapBefore(reading, kind.next)) || /^\d*[a-z]/.test(reading.text.folded.slice(token.end)))
    return undefined;
  if (word === 'p' && at > 0 && gapBefore(reading, at) === '') return undefined;
  const name = `${label} ${Number(token.folded)}`;
  const isWard = label === 'Phường';
  if (!isWard && Number(token.folded) > 12) return undefined;
  const place: Place = isWard
    ? { name, level: 'commune', lower: name.toLowerCase() }
    : { name, level: 'district', province: 'Hồ Chí Minh', lower: name.toLowerCase() };
  return { places: [place], next: kind.next + 1 };
}

function exact(
  reading: Reading,
  at: number,
  index: PlaceIndex,
  { levels, until }: { readonly levels?: readonly PlaceLevel[]; readonly until: number },
): Omit<Candidate, 'first' | 'strength'> | undefined {
  const { tokens } = reading;
  const token = tokens[at];
  if (token === undefined) return undefined;
  const next = tokens[at + 1];
  const goesOn = next !== undefined && mayHold(index.starts, joinHash(token.hash, next.hash));
  if (!goesOn && !mayHold(index.starts, token.hash)) return undefined;
  const longest = Math.min(goesOn ? (index.longest.get(token.hash) ?? 0) : 1, tokens.length - at, until - at);
  const keys: string[] = [];
  for (let i = 0; i < longest && !(i > 0 && /[,;]/.test(gapBefore(reading, at + i))); i++)
    keys.push(`${i > 0 ? `${keys[i - 1]} ` : ''}${tokens[at + i]?.folded}`);
  for (let words = keys.length; words > 0; words--) {
    const key = keys[words - 1] as string;
    const named = index.named(key);
    if (named.length === 0) continue;
    const lower = tokens
      .slice(at, at + words)
      .map((token) => token.lower)
      .join(' ');
    const places = named.filter(
      (place) =>
        (levels === undefined || levels.includes(place.level)) &&
        (lower === key || isWrittenLike(place, lower, levels !== undefined)),
    );
    if (places.length > 0 && (words > 1 || levels !== undefined || key.length > 2)) return { places, next: at + words };
  }
  return undefined;
}

/** Marks must agree; after a word such as "xã" one letter may differ ("Phụng Hiêp"). */
function isWrittenLike(place: Place, lower: string, isNamed: boolean): boolean {
  if (place.lower === lower) return true;
  if (!isNamed && lower.length < 10) return false;
  let differing = 0;
  for (let i = 0; i < lower.length; i++) if (place.lower[i] !== lower[i]) differing++;
  return place.lower.length === lower.length && differing <= (isNamed ? 2 : 1);
}

function fuzzy(
  reading: Reading,
  at: number,
  index: PlaceIndex,
  levels: readonly PlaceLevel[],
): Omit<Candidate, 'first' | 'strength'> | undefined {
  // Single letters such as "p" and "h" stand for too much to guess after them.
  if (levels.includes('commune') || (reading.tokens[at - 1]?.folded.length ?? 0) < 2) return undefined;
  for (const words of [3, 2]) {
    const tokens = reading.tokens.slice(at, at + words);
    if (tokens.length < words) continue;
    const places = nearestPlaces(index, tokens.map((token) => token.folded).join(' '), levels);
    if (places.length > 0) return { places, next: at + words };
  }
  return undefined;
}
