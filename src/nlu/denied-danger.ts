import { listed } from './find-phrases.ts';
import { bareWord, type PreparedText } from './normalize.ts';
import type { Token } from './tokenize.ts';

/** A word in marked form and what it is without marks, as customers write either. */
const words = (list: string): ReadonlySet<string> => new Set(listed(list).flatMap((word) => [word, bareWord(word)]));

const NOT = words('không, ko, k, kh, hông, hổng, hong, hok, hk, hem, khum, chẳng, chả, đâu, nỏ, khg, kg, chưa');
/** "đâu có cháy" says no, "từ đâu có mùi khét" does not. */
const WHERE = words('đâu');
/** "chưa cháy" is no comfort; "chưa thấy cháy" says what is seen. */
const NOT_YET = words('chưa');
const SEEN = words('có, thấy, bị, nghe, phải, hề, còn');
/** Whom nothing happened to: only before "bị", for "không thấy ai xuống" speaks of the crew. */
const SOMEBODY = words('ai, người');
const SUFFERS = words('bị');
const CURRENT = words('điện, đ');
const HAPPENS = words('cháy, nổ, đứt, ngã, gãy, đổ, rò, rỉ, giật, giựt, xẹt, chập, khói, khét, tóe, toé, lửa');
/** What belongs to a happening: "mùi khét", "tia lửa". */
const ABOUT = words('tia, mùi, hở, rớt, rơi, mạch, tiếng, hiện, tượng, tình, trạng, cái, vụ, việc');
const THINGS = words('dây, trụ, cột, cầu, dao, ổ, cắm, trạm, điện, đ');
const GOES_ON = words('điện, đ, gì, j, hết, cả, chi, nào, hay, hoặc, với, và, trơn, ráo');
/** What ends a denial: "gì hết", "nào cả". */
const CLOSES = words('gì, j, hết, cả, chi, nào, đâu, trơn, ráo');
/** What has come about after all: "có điện không cháy trạm rồi". */
const BEFALLEN = words('rồi, rùi, r, kìa, lắm, quá');
const NEAR = 3;
const SIGN = /[.?!;:\n]/;
const COMMA = ',';

/**
 * The tokens of events that are said not to be: "không có dây đứt hay cháy nổ gì hết". A plain "không có điện" denies
 * nothing but current, "có sao không, cháy rồi" nothing at all, and what stands outside of these words counts as before.
 */
export function deniedTokens(text: PreparedText, tokens: readonly Token[]): ReadonlySet<number> {
  const denied = new Set<number>();
  const is = (at: number, set: ReadonlySet<string>): boolean => set.has(tokens[at]?.lower ?? '');
  const isNoise = (at: number): boolean => is(at, HAPPENS) || is(at, ABOUT) || is(at, GOES_ON) || is(at, THINGS);
  const gap = (at: number): string => text.folded.slice(tokens[at - 1]?.end ?? 0, tokens[at]?.start ?? 0);
  const isParted = (at: number): boolean => SIGN.test(gap(at)) || gap(at).includes(COMMA);
  const opens = (at: number): boolean => at === 0 || isParted(at);

  const skipSeen = (from: number): number => {
    let at = from;
    while (is(at, SEEN)) at++;
    if (is(at, SOMEBODY) && is(at + 1, SUFFERS)) at += 2;
    return is(at - 1, SUFFERS) && is(at, CURRENT) && is(at + 1, HAPPENS) ? at + 1 : at;
  };
  /** Where what is denied begins, -1 where nothing is. */
  const begins = (not: number): number => {
    const at = skipSeen(not + 1);
    for (let i = not + 1; i <= at; i++) if (isParted(i)) return -1;
    const hasSubject = opens(not) || is(not - 1, THINGS);
    if (is(not, WHERE) && !hasSubject) return -1;
    if (at === not + 1) return is(at, HAPPENS) && !is(not, NOT_YET) && hasSubject ? at : -1;
    return is(at, HAPPENS) || is(at, ABOUT) || (is(at, THINGS) && !is(at, GOES_ON)) ? at : -1;
  };
  /** Where it ends; over a comma only to words that end a denial. */
  const ends = (from: number): number => {
    let end = from + 1;
    while (isNoise(end) && !isParted(end)) end++;
    let further = end;
    while (isNoise(further) && !SIGN.test(gap(further))) further++;
    return further > end && is(further - 1, CLOSES) ? further : end;
  };
  const isBefallen = (end: number): boolean => {
    if (is(end - 1, CLOSES)) return false;
    for (let i = end; i < end + NEAR && i < tokens.length && !isParted(i); i++) if (is(i, BEFALLEN)) return true;
    return false;
  };

  for (let not = 0; not < tokens.length; not++) {
    const from = is(not, NOT) ? begins(not) : -1;
    if (from < 0) continue;
    const end = ends(from);
    if (!isBefallen(end)) {
      for (let i = not; i < end; i++) if (is(i, HAPPENS) || is(i, ABOUT) || is(i, SUFFERS)) denied.add(i);
    }
    not = end - 1;
  }
  return denied;
}
