import { foldWords, hasWords } from '../../dialogs/fold-words.ts';
import type { Slots } from '../../dialogs/run-action.ts';
import type { Utility } from '../load-utility.ts';
import type { Action } from './action.ts';
import { elsewhere } from './elsewhere.ts';
import { corporationFor } from './served-by.ts';

/** Who serves the place or the code that this message names; a place of an earlier question does not count. */
export const findCorporation: Action = async (slots, { now, utterance = '' }, { utility }) => {
  const corporation = corporationFor(namedIn(utterance, slots, utility), now, utility);
  if (corporation === undefined) {
    return { outcome: 'unknown' };
  }
  if (corporation.id === utility.ours.id) {
    return { outcome: 'ours' };
  }
  return elsewhere(corporation);
};

function namedIn(utterance: string, { place = '', customer_code: code = '' }: Slots, utility: Utility): Slots {
  const folded = foldWords(utterance);
  const parts = place.split('/').map((part) => part.trim());
  const names = [...parts.map(foldWords), ...utility.provinceNames(parts.at(-1) ?? '')];
  const isPlaceNamed = names.some((name) => name !== '' && hasWords(folded, name));
  const isCodeNamed = code !== '' && utterance.replaceAll(/\D/g, '').includes(code.slice(-7));
  return { ...(isPlaceNamed && { place }), ...(isCodeNamed && { customer_code: code }) };
}
