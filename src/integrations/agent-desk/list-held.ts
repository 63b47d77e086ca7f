import type { ConversationSummary, ConversationViews } from '../../bot/ports.ts';
import type { ShiftLoad } from './shift-records.ts';

/** A few may be taken between the count and the list. */
const TAKEN_MEANWHILE = 20;

/** Every conversation of these agents, asked for agent by agent, so that no list cuts any off. */
export async function listHeld(
  views: Pick<ConversationViews, 'list'>,
  agents: ShiftLoad['held'],
): Promise<readonly ConversationSummary[]> {
  const lists = await Promise.all(
    agents.map(({ agentId, conversations }) =>
      views.list({ holders: ['agent'], agentId, limit: conversations + TAKEN_MEANWHILE }),
    ),
  );
  return lists.flat();
}
