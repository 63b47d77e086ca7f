import type { TurnDeps } from './handle-turn.ts';
import type { TurnDraft } from './turn-draft.ts';

/** Asks the customer, once for each closing, what he thinks of the conversation that an agent has just closed. */
export function askForRating({ engine }: Pick<TurnDeps, 'engine'>, draft: TurnDraft, agentId: string): void {
  const { epoch } = draft.state;
  draft.update({ closing: { epoch, agentId } });
  draft.say(engine.notice(draft.state.dialogs, 'rate-conversation', { closing: String(epoch) }), {
    author: 'system',
    authorId: agentId,
  });
}
