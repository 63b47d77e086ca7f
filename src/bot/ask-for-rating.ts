import type { TurnDeps } from './handle-turn.ts';
import type { TurnDraft } from './turn-draft.ts';

/**
 * Asks the customer, once for each closing, what he thinks of the conversation that an agent has just closed: not when
 * there was none, as with spam.
 */
export function askForRating(
  { engine, policy }: Pick<TurnDeps, 'engine' | 'policy'>,
  draft: TurnDraft,
  { agentId, wrapUp }: { readonly agentId: string; readonly wrapUp: string },
): void {
  const { epoch } = draft.state;
  draft.update({ closing: { epoch, agentId } });
  if (policy.unratedWrapUps?.includes(wrapUp) === true) {
    return;
  }
  draft.say(engine.notice(draft.state.dialogs, 'rate-conversation', { closing: String(epoch) }), {
    author: 'system',
    authorId: agentId,
  });
}
