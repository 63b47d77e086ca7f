import type { LocalMailServer } from '../../test/support/mail-server.ts';
import type { LocalSmsGateway } from '../../test/support/sms-gateway.ts';
import type { Phone } from '../storm-drill/phones.ts';
import type { Shown } from './judge-drill.ts';
import { MARK, type SeededRecipient } from './seed-drill.ts';

export type Way = 'zalo' | 'telegram' | 'web' | 'sms' | 'email';

export interface Customer {
  readonly person: SeededRecipient;
  readonly phone: Phone;
}

/** Every notice of the campaign that a phone, a page, a short message or a letter has shown. */
export function shownTo(
  customers: readonly Customer[],
  { taken, takenAt }: LocalSmsGateway,
  { letters }: LocalMailServer,
): readonly (Shown & { readonly way: Way })[] {
  const idOf = new Map(
    customers.flatMap(({ person: { phone, email, conversationId } }) =>
      [phone, email].flatMap((address) => (address === undefined ? [] : [[address, conversationId] as const])),
    ),
  );
  const toAddress = (way: Way, address: unknown, text: unknown, at: number) =>
    isNotice(text) ? [{ way, at, conversationId: idOf.get(String(address)) ?? `nobody's ${way}` }] : [];
  return [
    ...customers.flatMap(({ person: { channel, conversationId }, phone }) =>
      phone
        .seen()
        .filter(({ text }) => isNotice(text))
        .map(({ at }) => ({ way: channel, at, conversationId })),
    ),
    ...taken.flatMap(({ to, text }, index) => toAddress('sms', to, text, takenAt[index] ?? 0)),
    ...letters.flatMap(({ to, text, at }) => toAddress('email', to[0], text, at)),
  ];
}

function isNotice(text: unknown): boolean {
  return String(text).includes(MARK);
}
