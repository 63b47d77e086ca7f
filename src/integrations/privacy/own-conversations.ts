import type { AccountRecords } from '../../bot/accounts/account.ts';
import { codesInTurn } from '../../bot/codes-in-turn.ts';
import type { Erasure } from '../../bot/erasures.ts';
import type { ConversationId } from '../../bot/message.ts';
import type { ChainRedaction } from '../../bot/personal-data.ts';
import type { ConversationStore } from '../../bot/ports.ts';
import type { Customer } from '../../bot/records.ts';
import type { Turn } from '../../bot/turn.ts';
import { type ByAddressDeps, conversationsByAddress } from './conversations-by-address.ts';

export interface OwnConversationDeps extends ByAddressDeps {
  readonly conversations: Pick<ConversationStore, 'turns'>;
  readonly redaction: Pick<ChainRedaction, 'conversationsWith'>;
  readonly accounts: Pick<AccountRecords, 'accountsWith'>;
}

const AT_ONCE = 100;

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
  const addressed = customer === undefined ? [] : conversationsByAddress(deps, customer);
  for (const id of [...addressed, ...(await lettersAbout(deps, customerCode))]) {
    if ((await deps.conversations.turns(id, 0, 1)).length > 0) {
      own.add(id);
    }
  }
  return [...own];
}

/** Where the contacts of an organisation are written to that has this contract and no other. */
async function lettersAbout(
  deps: OwnConversationDeps,
  customerCode: string | undefined,
): Promise<readonly ConversationId[]> {
  const found = customerCode === undefined ? [] : await deps.accounts.accountsWith(customerCode);
  const alone = found.filter(({ sites }) => sites.every(({ code }) => code === customerCode));
  return alone.flatMap(({ contacts }) => contacts.flatMap((one) => conversationsByAddress(deps, one)));
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
