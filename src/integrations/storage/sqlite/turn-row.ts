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
}

type TurnDetails = Pick<
  Turn,
  'handles' | 'effects' | 'timers' | 'understanding' | 'missed' | 'act' | 'rating' | 'contentVersion'
>;

/** What the row keeps beside its own columns. */
export function turnDetails(turn: Turn): string {
  const { handles, effects, timers, understanding, missed, act, rating, contentVersion } = turn;
  return JSON.stringify({ handles, effects, timers, understanding, missed, act, rating, contentVersion });
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
