import type { ConversationStore, ConversationSummary, ConversationViews, OpenConversation } from '../../bot/ports.ts';
import { recentTurns } from './read-conversation.ts';

interface EmergencyDeps {
  readonly store: ConversationStore;
  readonly views: Pick<ConversationViews, 'summaries'>;
}

/** Emergencies that wait, or that nobody at the desk has seen, or that an agent holds without having written a word since the danger was told. */
export async function unansweredEmergencies(
  { store, views }: EmergencyDeps,
  open: readonly OpenConversation[],
): Promise<readonly ConversationSummary[]> {
  const emergencies = open.filter(({ priority }) => priority === 'emergency');
  const answered = await Promise.all(emergencies.map((row) => isAnswered(store, row)));
  const unanswered = emergencies.filter((_, index) => answered[index] === false);
  return views.summaries(unanswered.map(({ conversationId }) => conversationId));
}

async function isAnswered(store: ConversationStore, { conversationId }: OpenConversation): Promise<boolean> {
  const head = await store.head(conversationId);
  const turns = head === undefined ? [] : await recentTurns(store, head);
  const told = turns.findLastIndex((turn) => turn.understanding?.emergency === true);
  return turns.slice(told + 1).some((turn) => turn.messages.some(({ author }) => author === 'agent'));
}
