import type { ConversationState } from '../../../bot/conversation.ts';
import type { Message } from '../../../bot/message.ts';
import type { Turn } from '../../../bot/turn.ts';

/** A row of the table `turns`. */
export interface TurnRow {
  readonly conversation_id: string;
  readonly version: number;
  readonly last_seq: number;
  readonly id: string;
  readonly kind: Turn['kind'];
  readonly at: number;
  readonly details: string;
  readonly messages: string;
  readonly state: string;
  /** Beside the same in `details`, for the index. */
  readonly redacted_at: number | null;
}

type TurnDetails = Omit<Turn, 'conversationId' | 'version' | 'id' | 'kind' | 'at' | 'messages' | 'state'>;

/** What the row keeps beside its own columns. */
export function turnDetails(turn: Turn): string {
  const { conversationId, version, id, kind, at, messages, state, ...details } = turn;
  return JSON.stringify(details satisfies TurnDetails);
}

export function toTurn(row: TurnRow): Turn {
  const details = JSON.parse(row.details) as TurnDetails;
  return {
    conversationId: row.conversation_id,
    version: row.version,
    id: row.id,
    kind: row.kind,
    at: row.at,
    ...details,
    messages: JSON.parse(row.messages) as Message[],
    state: JSON.parse(row.state) as ConversationState,
  };
}
