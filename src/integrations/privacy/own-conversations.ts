import { codesInTurn } from '../../bot/codes-in-turn.ts';
import { conversationId as idOf } from '../../bot/conversation.ts';
import type { Erasure } from '../../bot/erasures.ts';
import type { ConversationId } from '../../bot/message.ts';
import type { ChainRedaction } from '../../bot/personal-data.ts';
import type { ConversationStore } from '../../bot/ports.ts';
import type { Customer } from '../../bot/records.ts';
import type { Turn } from '../../bot/turn.ts';
import type { AddressSeal } from '../sealed-address.ts';

export interface OwnConversationDeps {
  readonly conversations: Pick<ConversationStore, 'turns'>;
  readonly redaction: Pick<ChainRedaction, 'conversationsWith'>;
  readonly addresses: Pick<AddressSeal, 'seal'>;
}

const AT_ONCE = 100;
/** The account of channels that only go outward. */
const ACCOUNT = 'main';

/** Every conversation that is the person's own: by proof, or because no other code was ever used in it. */
export async function ownConversations(
  deps: OwnConversationDeps,
  { customerCode, conversationId }: Pick<Erasure, 'conversationId' | 'customerCode'>,
  customer: Customer | undefined,
): Promise<readonly ConversationId[]> {
  const own = new Set(conversationId === undefined ? [] : [conversationId]);
  for (const id of customerCode === undefined ? [] : await deps.redaction.conversationsWith(customerCode)) {
    const turns = await allTurns(deps.conversations, id);
    const isProved = turns.some(({ state }) => state.identities[customerCode ?? '']?.level === 'verified');
    const others = turns.flatMap(codesInTurn).filter((code) => code !== customerCode);
    if (isProved || others.length === 0) {
      own.add(id);
    }
  }
  for (const id of customer === undefined ? [] : conversationsByAddress(deps.addresses, customer)) {
    if ((await deps.conversations.turns(id, 0, 1)).length > 0) {
      own.add(id);
    }
  }
  return [...own];
}

/** Where notices go to the phone and the mail address on record. */
export function conversationsByAddress(
  addresses: Pick<AddressSeal, 'seal'>,
  { phone, email }: Pick<Customer, 'phone' | 'email'>,
): readonly ConversationId[] {
  return Object.entries({ sms: phone, email }).flatMap(([channel, address]) =>
    address === undefined ? [] : [idOf({ channel, account: ACCOUNT, customer: addresses.seal(channel, address) })],
  );
}

/** The whole chain of a conversation. */
export async function allTurns(
  conversations: Pick<ConversationStore, 'turns'>,
  id: ConversationId,
): Promise<readonly Turn[]> {
  const all: Turn[] = [];
  for (;;) {
    const some = await conversations.turns(id, all.at(-1)?.version ?? 0, AT_ONCE);
    all.push(...some);
    if (some.length < AT_ONCE) {
      return all;
    }
  }
}
