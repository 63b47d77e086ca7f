import type { DialogWorld } from './dialog-world.ts';
import { foldWords } from './fold-words.ts';

const BACK_TO = /(?:^|.* )(?:quay|tro) (?:lai|ve)(?: lai)? (?<what>.+)$/;
const AROUND =
  /^(?:(?:viec|vu|phan|chuyen|cai|muc|xem|coi|hoi|ve|voi|cho|em|anh|chi|minh|toi) )+|(?: (?:luc nay|hoi nay|khi nay|ban nay|nay gio|di|nhe|nha|nghen|a|em|anh|chi|ad|da|kia|truoc))+$/g;

/** "Thôi quay lại tiền điện": the request that is named by words of its title, and nothing is broken off. */
export function backTo({ dialogs }: DialogWorld, utterance: string): string | undefined {
  const what = BACK_TO.exec(foldWords(utterance))?.groups?.['what']?.replaceAll(AROUND, '').trim() ?? '';
  if (!what.includes(' ')) {
    return undefined;
  }
  const served = [...dialogs.values()].filter(({ startsOn }) => startsOn.length > 0);
  const titled = served.filter(({ title }) => ` ${foldWords(title)} `.includes(` ${what} `));
  // "Tiền điện" stands in several titles: the one that says least beside it is meant.
  return titled.sort((a, b) => a.title.length - b.title.length)[0]?.id;
}
