import type { Account, AccountContact, AccountSite } from '../../bot/accounts/account.ts';
import type { Reply } from '../../dialogs/reply.ts';
import { filledIn, type LetterValues, type SiteLetters } from './load-site-letters.ts';
import { tailOf } from './notice-codes.ts';

export interface SiteLetter {
  readonly kind: keyof SiteLetters['letters'];
  readonly account: Account;
  readonly contact: AccountContact;
  /** Sites that are cut, and those that were to be and no longer are. */
  readonly cut: readonly AccountSite[];
  readonly spared: readonly AccountSite[];
  readonly when: string;
  readonly earlier?: string;
  readonly area: string;
  readonly reason?: string | undefined;
  /** Where he confirms to have read it. */
  readonly href: string;
}

/** One letter that names every site of an account that an outage concerns, with the link by which its reading is confirmed. */
export function writeSiteLetter(words: SiteLetters, letter: SiteLetter): Reply {
  const { account, contact, cut, spared, when, earlier, area, reason } = letter;
  const listed = (sites: readonly AccountSite[]) =>
    sites.map(({ name, code }) => filledIn(words.site, { name, tail: tailOf(code) })).join('\n');
  const values: LetterValues = {
    ...{ contact: contact.name, account: account.name, count: String(cut.length || spared.length) },
    ...{ when, area, reason: reason ?? words.no_reason, sites: listed(cut), gone: listed(spared) },
    ...(earlier !== undefined && { earlier }),
  };
  const { subject, text } = words.letters[letter.kind];
  const alsoSpared = letter.kind !== 'cancelled' && spared.length > 0 ? [filledIn(words.no_longer, values)] : [];
  return {
    kind: 'card',
    title: filledIn(subject, values),
    rows: [],
    text: [filledIn(text, values), ...alsoSpared, words.confirm.text].join('\n'),
    links: [{ label: words.confirm.link, href: letter.href }],
  };
}
