import { isSharedLocation } from '../nlu/shared-location.ts';
import type { Entity, Understanding } from '../nlu/understanding.ts';
import { addressWords } from './address-words.ts';
import { foldWords } from './fold-words.ts';
import type { Slots } from './run-action.ts';
import { isShared, SHARED_PLACE, SLOTS, wordsSlot } from './slots.ts';

const MENDING = /(?:nham|lon|quen|a khong|y la|sua lai)(?: |$)/g;
const COMPARING = /(?:so voi|so sanh voi)(?: ky| cung ky| hoa don| bill)?$/;
const NEW_READING = /(?:^| )(?:moi|hien tai|bay gio)(?: la)?$/;
const DENYING = /(?:khong phai|ko phai|k phai|hong phai|hok phai|khong phai la|dau phai)(?: la)?$/;

/** "Phường Long An" is a place for certain, "Hùng Vương" beside it most likely its street. */
const KIND = /^(?:xa|phuong|thi tran|dac khu|p|x|tt) /;

const SHARED_SLOTS = Object.keys(SLOTS).filter(isShared);

/** The values that an utterance gives for these slots; a new place comes with its address as written, or without one. */
export function slotsIn(understanding: Understanding, slots: Iterable<string>): Slots {
  const found: Record<string, string> = {};
  for (const slot of slots) {
    const entity = entityFor(understanding, slot);
    if (entity !== undefined) {
      found[slot] = valueFor(understanding, slot, entity);
      if (entity.type === 'place') {
        found[wordsSlot(slot)] = addressWords(understanding.utterance, entity) ?? '';
      }
    }
  }
  return found;
}

function valueFor(understanding: Understanding, slot: string, entity: Entity): string {
  if (SLOTS[slot]?.spans) {
    return spanOf(understanding, entity);
  }
  if (entity.type === 'billing_period') {
    return listFrom(understanding, entity);
  }
  return SLOTS[slot]?.keepsText ? saidTogether(understanding, slot, entity) : entity.value;
}

const LISTED = /^ *(?:,|và|va|với|voi|vs|&|\+) *$/iu;

/** "Tháng 8 và tháng 9", named one after the other: from the first to the last of them. */
function listFrom({ utterance, entities }: Understanding, first: Entity): string {
  let end = first.end;
  const values = [first.value];
  for (const each of entities) {
    if (each.type === first.type && each.start >= end && LISTED.test(utterance.slice(end, each.start))) {
      values.push(each.value);
      end = each.end;
    }
  }
  const months = values.flatMap((value) => value.split('/')).sort();
  return values.length === 1 ? first.value : `${months[0]}/${months.at(-1)}`;
}

/** Values that any dialog may use later. Wrong ones are left out: they are told where they are asked for. */
export function sharedSlotsIn(understanding: Understanding): Slots {
  if (isSharedLocation(understanding)) {
    return { [SHARED_PLACE]: understanding.utterance };
  }
  const sound = { ...understanding, entities: understanding.entities.filter((entity) => entity.problem === undefined) };
  return slotsIn(sound, SHARED_SLOTS);
}

/** What stands around a day or an hour and belongs to it: "sáng hôm qua tầm 9h", "khoảng 8h tối". */
const AROUND_TIME =
  /(?:(?:sáng|trưa|chiều|tối|khuya|đêm|sang|trua|chieu|toi|dem|lúc|luc|tầm|tam|khoảng|khoang|hồi|hoi|cỡ|vào) *)+$/iu;
const BETWEEN_TIMES =
  /^[\s,]*(?:(?:sáng|trưa|chiều|tối|khuya|đêm|sang|trua|chieu|toi|dem|lúc|luc|tầm|tam|khoảng|khoang|hồi|hoi|cỡ|vào|hay|hoặc|hoac|của|cua)[\s,]*)*$/iu;
const AFTER_TIME = /^ *(?:sáng|trưa|chiều|tối|khuya|đêm|sang|trua|chieu|dem)(?!\p{L})/iu;

/** The customer's own words for a value of two kinds that were said in one go: "hôm qua tầm 9h sáng". */
function saidTogether({ utterance, entities }: Understanding, slot: string, meant: Entity): string {
  const types = SLOTS[slot]?.entities ?? [];
  if (types.length < 2) {
    return meant.text;
  }
  const near = entities.filter(({ type }) => types.includes(type));
  let [start, end] = [meant.start, meant.end];
  for (const each of near) {
    end = each.start >= end && BETWEEN_TIMES.test(utterance.slice(end, each.start)) ? each.end : end;
  }
  for (const each of near.toReversed()) {
    start = each.end <= start && BETWEEN_TIMES.test(utterance.slice(each.end, start)) ? each.start : start;
  }
  start -= AROUND_TIME.exec(utterance.slice(0, start))?.[0].length ?? 0;
  end += AFTER_TIME.exec(utterance.slice(end))?.[0].length ?? 0;
  return utterance.slice(start, end).trim();
}

function entityFor(understanding: Understanding, slot: string): Entity | undefined {
  const types = SLOTS[slot]?.entities ?? [];
  for (const type of types) {
    const entities = understanding.entities.filter((entity) => entity.type === type);
    const meant = entities.length > 1 ? meantOne(understanding.utterance, entities) : entities[0];
    const entity = type === 'place' ? fullest(entities, meant) : meant;
    if (entity !== undefined) {
      return entity;
    }
  }
  return undefined;
}

/**
 * From the first to the last value of the type; where one is denied or mended, the one that is meant. "So với tháng 8"
 * alone is a range whose end is open.
 */
function spanOf({ utterance, entities }: Understanding, meant: Entity): string {
  const all = entities.filter((entity) => entity.type === meant.type);
  const before = all.map((entity) => foldWords(utterance.slice(0, entity.start)));
  if (all.length < 2 || before.some((words) => DENYING.test(words) || words.match(MENDING) !== null)) {
    const isCompared = COMPARING.test(foldWords(utterance.slice(0, meant.start)));
    return all.length === 1 && isCompared && !meant.value.includes('/') ? `${meant.value}/` : meant.value;
  }
  const values = all.flatMap((entity) => entity.value.split('/')).sort();
  const [first = meant.value, last = first] = [values[0], values.at(-1)];
  return first === last ? first : `${first}/${last}`;
}

/** Whether somebody says that what he has told was wrong. */
export function isMending(utterance: string): boolean {
  return foldWords(utterance).match(MENDING) !== null;
}

/** Of "tháng 5, à nhầm, tháng 6" and "tháng 6 chứ không phải tháng 5" the one that is meant. */
function meantOne(utterance: string, entities: readonly Entity[]): Entity | undefined {
  const before = (entity: Entity) => foldWords(utterance.slice(0, entity.start));
  const meant = entities.filter((entity) => !DENYING.test(before(entity)));
  const mended = meant.filter((entity) => before(entity).match(MENDING) !== null);
  // Of "số cũ 3000, số mới 3250" the new one is what somebody hands in.
  const newest = meant.find((entity) => entity.type === 'meter_index' && NEW_READING.test(before(entity)));
  return mended[0] ?? newest ?? meant[0] ?? entities[0];
}

/** Of "đường Lê Lợi, xã Bến Lức, Tây Ninh" the place that says most: commune and province, not the street. */
function fullest(entities: readonly Entity[], meant: Entity | undefined): Entity | undefined {
  // A province that was said counts for more than one that was only added to the name of a street.
  const isSaid = ({ text, value }: Entity) => foldWords(text).includes(foldWords(value.split('/').at(-1) ?? ''));
  const isNamed = ({ text }: Entity) => KIND.test(foldWords(text));
  const parts = (entity: Entity) =>
    entity.value.split('/').length + (isSaid(entity) ? 2 : 0) + (isNamed(entity) ? 2 : 0);
  return entities.reduce((best, entity) => (best && parts(best) >= parts(entity) ? best : entity), meant);
}

/** How many words an utterance has beside its entities: a bare "tháng 6" has none. */
export function wordsBeside(understanding: Understanding): number {
  return restOf(understanding).length;
}

/** Words with which a value is handed over: "mã của anh là …", "đây nè em …". */
const HANDING_OVER = new Set(
  'ma kh otp xac thuc nhan khach hang so cua la day nay ne nhe nha a anh chi em toi minh tui co chu bac con chau ad gui cho'.split(
    ' ',
  ),
);

/** Whether the message only hands over values, with nothing asked around them. */
export function isOnlyValues(understanding: Understanding): boolean {
  return understanding.entities.length > 0 && restOf(understanding).every((word) => HANDING_OVER.has(word));
}

function restOf(understanding: Understanding): string[] {
  let rest = understanding.utterance;
  for (const entity of [...understanding.entities].sort((a, b) => b.start - a.start)) {
    rest = `${rest.slice(0, entity.start)} ${rest.slice(entity.end)}`;
  }
  return foldWords(rest).split(' ').filter(Boolean);
}
