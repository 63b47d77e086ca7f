import { foldPattern, foldWords, hasWords } from '../../dialogs/fold-words.ts';
import type { Understanding } from '../../nlu/understanding.ts';
import { type ProvinceNames, placeParts } from '../incidents/match-outage.ts';
import type { CrisisArea, CrisisQuestions } from './crisis-message.ts';

type Question = Pick<Understanding, 'decision' | 'intent' | 'secondIntent' | 'utterance'>;

/** What of a question a message answers: the intent, or the words of its author; `undefined`: it is about another thing. */
export function matchQuestion(
  { intents, keywords }: CrisisQuestions,
  { decision, intent, secondIntent, utterance }: Question,
): { readonly intent: string } | { readonly keyword: string } | undefined {
  const understood = decision === 'accept' ? [intent, secondIntent] : [];
  const asked = intents.find((one) => understood.includes(one));
  if (asked !== undefined) {
    return { intent: asked };
  }
  const folded = foldWords(utterance);
  const keyword = keywords.find((words) => hasWords(folded, foldPattern(words)));
  return keyword === undefined ? undefined : { keyword };
}

/**
 * Whether a place, as nlu found it or as the contract says, is known to lie outside: only then is it no matter of that
 * customer. Who gives a district alone may live in the commune that is meant.
 */
export function isElsewhere({ province, places }: CrisisArea, place: string, provinceNames: ProvinceNames): boolean {
  const { names, provinces } = placeParts(place, provinceNames);
  const isOtherProvince = provinces !== undefined && !provinceNames(province).some((name) => provinces.includes(name));
  const meant = places.flatMap((name) => placeParts(name, () => []).names);
  const isOtherPlace = provinces !== undefined && names.length > 0 && !names.some((name) => meant.includes(name));
  return isOtherProvince || (meant.length > 0 && isOtherPlace);
}

/** The heading, with the area that it holds for. */
export function crisisHeading({ title, area }: { readonly title: string; readonly area?: CrisisArea }): string {
  return area === undefined ? title : `${title} (${[...area.places, area.province].join(', ')})`;
}
