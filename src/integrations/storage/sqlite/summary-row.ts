import type { Holder } from '../../../bot/conversation.ts';
import type { ConversationSummary, OpenConversation } from '../../../bot/ports.ts';

/** A row of the table `conversations`. */
export interface SummaryRow {
  readonly conversation_id: string;
  readonly version: number;
  readonly holder: Holder;
  readonly agent_id: string | null;
  readonly agent_name: string | null;
  readonly priority: ConversationSummary['priority'];
  readonly waiting_since: number | null;
  readonly handoff_reason: string | null;
  readonly last_text: string;
  readonly last_at: number;
  readonly customer_name: string | null;
  readonly extras: string;
}

export type OpenRow = Omit<SummaryRow, 'agent_name' | 'customer_name' | 'handoff_reason' | 'last_text'>;

export function toOpen(row: OpenRow): OpenConversation {
  return {
    conversationId: row.conversation_id,
    version: row.version,
    holder: row.holder,
    priority: row.priority,
    lastAt: row.last_at,
    extras: JSON.parse(row.extras) as ConversationSummary['extras'],
    ...(row.agent_id !== null && { agentId: row.agent_id }),
    ...(row.waiting_since !== null && { waitingSince: row.waiting_since }),
  };
}

export function toSummary(row: SummaryRow): ConversationSummary {
  return {
    ...toOpen(row),
    lastText: row.last_text,
    ...(row.agent_name !== null && { agentName: row.agent_name }),
    ...(row.handoff_reason !== null && { handoffReason: row.handoff_reason }),
    ...(row.customer_name !== null && { customerName: row.customer_name }),
  };
}
