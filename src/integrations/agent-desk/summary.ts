import type { TrackedMessage } from '../../bot/message.ts';
import type { Turn } from '../../bot/turn.ts';
import { NO_INTENT } from '../../nlu/understanding.ts';
import type { ConversationSummaryCard } from './desk-api/conversation.ts';

const NOT_REACHED = ['failed', 'uncertain', 'withdrawn'] as const;

/** What an agent must know before the first word: what was asked, what went wrong, why a human is needed. */
export function summarizeForDesk(turns: readonly Turn[], messages: readonly TrackedMessage[]): ConversationSummaryCard {
  const asked = new Map<string, number>();
  let notUnderstood = 0;
  for (const { understanding, missed } of turns) {
    if (understanding?.decision === 'accept' && understanding.intent !== NO_INTENT) {
      asked.set(understanding.intent, (asked.get(understanding.intent) ?? 0) + 1);
    }
    notUnderstood += missed === true ? 1 : 0;
  }
  const handoffReason = turns.findLast((turn) => turn.state.handoffReason !== undefined)?.state.handoffReason;
  return {
    asked: [...asked].map(([intent, times]) => ({ intent, times })),
    notUnderstood,
    hadEmergency: turns.some((turn) => turn.understanding?.emergency === true),
    undelivered: NOT_REACHED.map((state) => ({
      state,
      times: messages.filter((message) => message.delivery === state).length,
    })).filter(({ times }) => times > 0),
    ...(handoffReason !== undefined && { handoffReason }),
  };
}
