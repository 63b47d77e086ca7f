import type { Entity, Understanding } from '../nlu/understanding.ts';

const NUMBERED =
  'số nhà|so nha|nhà số|nha so|số|so|sn|hẻm|hẽm|hem|ngõ|ngo|ngách|ngach|kiệt|kiet|tổ|to|khu phố|khu pho|kp|khóm|khom|ấp|ap|thôn|thon|đội|doi|lô|lo|căn|can';
const NAMED =
  'đường|duong|ấp|khóm|khom|thôn|thon|xóm|xom|buôn|khu phố|khu pho|chung cư|chung cu|cư xá|cu xa|khu dân cư|kdc|chợ';
const BESIDE = 'gần|cạnh|kế bên|kế|đối diện|phía sau|sau lưng|trước|gan|doi dien|ke ben';
/** "Đường dây" is no street. */
const PART = `(?<![\\p{L}\\d])(?:(?:${NUMBERED})\\s*\\d|(?:${NAMED})(?! d[âa]y)\\s+[\\p{L}\\d])`;
/** Words that no address goes across. */
const OUTSIDE =
  /(?<!\p{L})(?:bị|mất|cúp|ở|tại|không|chưa|điện|nhà|từ|lúc|mat|cup|khong|chua|dien|nha|luc|tu)(?!\p{L})|[.;!?\n]/u;
const BEFORE = new RegExp(PART, 'giu');
const AFTER = new RegExp(`^[\\s,(-]*(?:${PART}|(?<![\\p{L}\\d])(?:${BESIDE}) [\\p{L}\\d])`, 'iu');
const LONGEST = 80;
/** Stands for the place, whose name goes on from here. */
const NAME = 'X';

/**
 * The address around a place as the customer wrote it: house, street and hamlet before it, landmarks after it. A crew
 * finds "ấp 3, xã Bến Lức" by it, and not by the commune alone. `undefined`: nothing stands around it.
 */
export function addressWords(utterance: string, { start, end }: Pick<Entity, 'start' | 'end'>): string | undefined {
  const first = beginning(utterance.slice(0, start)) ?? start;
  const last = end + trailing(utterance.slice(end));
  return first === start && last === end ? undefined : utterance.slice(first, last).trim();
}

const INTRODUCES =
  /^(?:(?:dạ|da|em|anh|chị|chi|tôi|toi|mình|minh|nhà|nha|ở|o|địa chỉ|dia chi|đ\/c|đc|dc|là|la|của|cua|nè|ne|\d+[a-z]?(?:\/\d+)*)[\s:,.-]*)*$/iu;

/** "Địa chỉ: 12 ấp 3 xã Cần Đước, Tây Ninh": an address is handed over, and nothing asked. A place alone is no address. */
export function isBareAddress({ utterance, entities }: Understanding): boolean {
  const place = entities.find(({ type }) => type === 'place');
  const words = place && addressWords(utterance, place);
  if (words === undefined) {
    return false;
  }
  const at = utterance.indexOf(words);
  const after = utterance.slice(at + words.length);
  return INTRODUCES.test(utterance.slice(0, at)) && /^[\s.,!]*(?:(?:ạ|nha|nhé|nhe|em|nè)[\s.,!]*)*$/iu.test(after);
}

/** Where the first part begins from which on the text is nothing but an address; the place itself may be its name: "đường …". */
function beginning(before: string): number | undefined {
  return [...`${before}${NAME}`.matchAll(BEFORE)].find(({ index, 0: cue }) => {
    const rest = before.slice(index + cue.length);
    return rest.length <= LONGEST && !OUTSIDE.test(rest);
  })?.index;
}

/** How many characters after the place still belong to the address. */
function trailing(after: string): number {
  const begun = AFTER.exec(after);
  if (begun === null) {
    return 0;
  }
  const rest = after.slice(begun[0].length, LONGEST);
  const stop = OUTSIDE.exec(rest)?.index ?? rest.length;
  return begun[0].length + rest.slice(0, stop).trimEnd().replace(/,$/, '').length;
}
