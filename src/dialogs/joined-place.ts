import { isMending } from './fill-slots.ts';
import { foldWords } from './fold-words.ts';
import type { Slots } from './run-action.ts';
import { wordsSlot } from './slots.ts';

const WORDS = wordsSlot('place');
/** Only a commune is a part of what is told next: of two provinces the later one counts. */
const KIND = /(?:^| )(?:xa|phuong|thi tran|dac khu|p|x|tt) \S/;

/** A place that adds to the one told before: the street in that ward, or the province that the ward lies in. */
export function joinedPlace(found: Slots, has: Slots, utterance: string): Slots {
  return { ...streetOf(found, has), ...placeIn(found, has, utterance) };
}

/** "Đường Nguyễn Trung Trực" after "phường Rạch Giá": the street in that place, and no other place. */
function streetOf(found: Slots, has: Slots): Slots {
  const [words, place] = [found[WORDS] ?? '', has['place'] ?? ''];
  const isOther = found['place'] !== undefined && !place.split(' / ').includes(found['place']);
  const isStreet = isOther && !found['place']?.includes('/') && words !== '' && place.includes('/');
  const around = has[WORDS] ?? place.replaceAll(' / ', ', ');
  return isStreet ? { place, [WORDS]: `${words}, ${around}` } : {};
}

/** "Tây Ninh" after "phường Long An", of which there are several: that one, and not all of the province. */
function placeIn(found: Slots, has: Slots, utterance: string): Slots {
  const [part, whole] = [has['place'] ?? '', found['place'] ?? ''];
  const isPart = !part.includes('/') && KIND.test(foldWords(has[WORDS] ?? '')) && !whole.includes('/') && whole !== '';
  const words = [has[WORDS], found[WORDS] || whole].join(', ');
  return isPart && !isMending(utterance) ? { place: `${part} / ${whole}`, [WORDS]: words } : {};
}
