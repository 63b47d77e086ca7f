import type { Holder } from '../../../bot/conversation.ts';
import type { ConversationSummary } from '../../../bot/ports.ts';

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

export function toSummary(row: SummaryRow): ConversationSummary {
  return {
    conversationId: row.conversation_id,
    version: row.version,
    holder: row.holder,
    priority: row.priority,
    lastText: row.last_text,
    lastAt: row.last_at,
    extras: JSON.parse(row.extras) as ConversationSummary['extras'],
    ...(row.agent_id !== null && { agentId: row.agent_id }),
    ...(row.agent_name !== null && { agentName: row.agent_name }),
    ...(row.waiting_since !== null && { waitingSince: row.waiting_since }),
    ...(row.handoff_reason !== null && { handoffReason: row.handoff_reason }),
    ...(row.customer_name !== null && { customerName: row.customer_name }),
  };
}
