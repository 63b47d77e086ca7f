import type { ConversationStore, ConversationSummary } from '../../bot/ports.ts';
import { recentTurns } from './read-conversation.ts';

/** Emergencies that wait, or that an agent holds without having written a word since the danger was told. */
export async function unansweredEmergencies(
  store: ConversationStore,
  open: readonly ConversationSummary[],
): Promise<readonly ConversationSummary[]> {
  const emergencies = open.filter(({ priority }) => priority === 'emergency');
  const answered = await Promise.all(emergencies.map((row) => isAnswered(store, row)));
  return emergencies.filter((_, index) => answered[index] === false);
}

async function isAnswered(store: ConversationStore, { conversationId }: ConversationSummary): Promise<boolean> {
  const head = await store.head(conversationId);
  const turns = head === undefined ? [] : await recentTurns(store, head);
  const told = turns.findLastIndex((turn) => turn.understanding?.emergency === true);
  return turns.slice(told + 1).some((turn) => turn.messages.some(({ author }) => author === 'agent'));
}
