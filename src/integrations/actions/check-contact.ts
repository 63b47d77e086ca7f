import type { Corporation } from '../load-utility.ts';
import type { Action } from './action.ts';

const NUMBER = /(?:\+?\d[\d .-]{5,}\d)/g;
const ADDRESS = /[a-z0-9][a-z0-9.-]*\.(?:vn|com|net|org|vip|shop|top|xyz|info|cc|club|online|site|app|me|io)\b/gi;

/**
 * Whether a number, site or mail address in the message is one that a corporation publishes. What is not in our data
 * is "unknown", never "false"; and a caller can pretend any number, which the dialog says.
 */
export const checkContact: Action = async (_slots, { utterance = '' }, { utility }) => {
  const named = [
    ...(utterance.match(ADDRESS) ?? []).map((text) => text.toLowerCase()),
    ...(utterance.match(NUMBER) ?? []).map((text) => text.trim()),
  ];
  const [contact] = named;
  if (contact === undefined) {
    return { outcome: 'none' };
  }
  // One wrong address among right ones makes the whole message doubtful.
  const doubtful = named.find((each) => ownerOf(each, utility.corporations) === undefined);
  if (doubtful !== undefined) {
    return { outcome: 'unknown', slots: { contact: doubtful } };
  }
  const owner = ownerOf(contact, utility.corporations);
  return { outcome: 'official', slots: { contact, corporation: owner?.name ?? '' } };
};

function ownerOf(contact: string, corporations: readonly Corporation[]): Corporation | undefined {
  const digits = contact.replaceAll(/\D/g, '');
  return corporations.find(({ hotlines, website, email }) =>
    /[a-z]/.test(contact)
      ? contact === website || contact === `www.${website}` || contact === email?.split('@')[1]
      : hotlines.some((hotline) => hotline.replaceAll(' ', '') === digits),
  );
}
