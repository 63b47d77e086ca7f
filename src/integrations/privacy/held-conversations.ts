import type { ConversationId } from '../../bot/message.ts';
import type { ChainRedaction, LegalHold, LegalHolds } from '../../bot/personal-data.ts';

/** What the legal holds in force keep as it is. */
export interface Held {
  readonly codes: ReadonlySet<string>;
  readonly conversations: ReadonlySet<ConversationId>;
}

export interface HeldDeps {
  readonly holds: Pick<LegalHolds, 'inForce'>;
  readonly redaction: Pick<ChainRedaction, 'conversationsWith'>;
}

/** Holds of a customer code reach every conversation that has used it. */
export async function findHeld({ holds, redaction }: HeldDeps, now: number): Promise<Held> {
  const inForce = await holds.inForce(now);
  const codes = new Set(inForce.flatMap(codeOf));
  const conversations = new Set(inForce.flatMap(conversationOf));
  for (const code of codes) {
    for (const conversationId of await redaction.conversationsWith(code)) {
      conversations.add(conversationId);
    }
  }
  return { codes, conversations };
}

function codeOf({ subject }: LegalHold): readonly string[] {
  return subject.kind === 'customer' ? [subject.customerCode] : [];
}

function conversationOf({ subject }: LegalHold): readonly ConversationId[] {
  return subject.kind === 'conversation' ? [subject.conversationId] : [];
}
