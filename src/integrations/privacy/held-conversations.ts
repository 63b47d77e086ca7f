import type { AccountRecords } from '../../bot/accounts/account.ts';
import type { Erasure } from '../../bot/erasures.ts';
import type { ConversationId } from '../../bot/message.ts';
import type { ChainRedaction, LegalHold, LegalHolds } from '../../bot/personal-data.ts';
import type { CustomerRecords } from '../../bot/ports.ts';
import type { Ticket } from '../../bot/records.ts';
import { type ByAddressDeps, conversationsByAddress } from './conversations-by-address.ts';

/** What the legal holds in force keep as it is. */
export interface Held {
  readonly codes: ReadonlySet<string>;
  readonly conversations: ReadonlySet<ConversationId>;
}

export interface HeldDeps extends ByAddressDeps {
  readonly holds: Pick<LegalHolds, 'inForce'>;
  readonly redaction: Pick<ChainRedaction, 'conversationsWith'>;
  readonly customers: Pick<CustomerRecords, 'customer'>;
  readonly accounts: Pick<AccountRecords, 'accountsWith'>;
}

/** Holds of a customer code reach every conversation that has used it, and those by the phones and mail addresses on record. */
export async function findHeld({ holds, redaction, ...deps }: HeldDeps, now: number): Promise<Held> {
  const inForce = await holds.inForce(now);
  const codes = new Set(inForce.flatMap(codeOf));
  const conversations = new Set(inForce.flatMap(conversationOf));
  for (const code of codes) {
    const customer = await deps.customers.customer(code);
    const contacts = (await deps.accounts.accountsWith(code)).flatMap((account) => account.contacts);
    const addressed = [customer ?? {}, ...contacts].flatMap((one) => conversationsByAddress(deps, one));
    for (const conversationId of [...(await redaction.conversationsWith(code)), ...addressed]) {
      conversations.add(conversationId);
    }
  }
  return { codes, conversations };
}

/**
 * Whether a hold stands against erasing this: it names the customer or the conversation, or a conversation in which the
 * code was used. Then nothing of it is erased; it goes on by itself when the hold is over.
 */
export async function isErasureHeld(
  deps: HeldDeps,
  { customerCode, conversationId }: Pick<Erasure, 'customerCode' | 'conversationId'>,
  now: number,
): Promise<boolean> {
  const { codes, conversations } = await findHeld(deps, now);
  if (codes.has(customerCode ?? '') || conversations.has(conversationId ?? '')) {
    return true;
  }
  const used = customerCode === undefined ? [] : await deps.redaction.conversationsWith(customerCode);
  return used.some((id) => conversations.has(id));
}

/** A ticket of a customer or a conversation that is held. */
export function isTicketHeld(
  { codes, conversations }: Held,
  { customerCode = '', conversationId = '' }: Pick<Ticket, 'customerCode' | 'conversationId'>,
): boolean {
  return codes.has(customerCode) || conversations.has(conversationId);
}

function codeOf({ subject }: LegalHold): readonly string[] {
  return subject.kind === 'customer' ? [subject.customerCode] : [];
}

function conversationOf({ subject }: LegalHold): readonly ConversationId[] {
  return subject.kind === 'conversation' ? [subject.conversationId] : [];
}
