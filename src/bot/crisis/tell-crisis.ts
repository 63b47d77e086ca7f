import type { DialogState } from '../../dialogs/dialog.ts';
import { ENGINE_DIALOGS } from '../../dialogs/engine-dialogs.ts';
import type { Understanding } from '../../nlu/understanding.ts';
import type { TurnDeps } from '../handle-turn.ts';
import type { TurnDraft } from '../turn-draft.ts';
import type { CrisisAnswer } from './crisis-answers.ts';

/**
 * Says the crisis messages that answer this question before whatever else is said, each version once in a conversation;
 * `true`: something was said. Danger comes first: nothing is looked up then. `after`: the dialogs after this message.
 */
export async function tellCrisis(
  deps: Pick<TurnDeps, 'engine' | 'findCrisisAnswers' | 'log'>,
  draft: TurnDraft,
  understanding: Understanding,
  after: DialogState,
): Promise<boolean> {
  const { dialogs, crisesTold = {} } = draft.state;
  if (understanding.emergency || isInEmergency(dialogs) || isInEmergency(after)) {
    return false;
  }
  const found = (await find(deps, understanding, after, draft.now)).filter(
    ({ id, version }) => (crisesTold[id] ?? 0) < version,
  );
  for (const { slots, provenance } of found) {
    const words = deps.engine.notice(after, 'crisis-message', slots);
    draft.say(words, { author: 'bot', provenance: [provenance] });
  }
  if (found.length > 0) {
    draft.update({
      crisesTold: { ...crisesTold, ...Object.fromEntries(found.map(({ id, version }) => [id, version])) },
    });
  }
  return found.length > 0;
}

/** That none can be looked up must not keep anybody from his answer. */
async function find(
  { findCrisisAnswers, log }: Pick<TurnDeps, 'findCrisisAnswers' | 'log'>,
  understanding: Understanding,
  { known }: DialogState,
  now: number,
): Promise<readonly CrisisAnswer[]> {
  try {
    return await findCrisisAnswers(understanding, known, now);
  } catch (error) {
    log.error({ error }, 'Crisis messages could not be looked up.');
    return [];
  }
}

function isInEmergency({ stack }: DialogState): boolean {
  return stack.some(({ dialog }) => dialog === ENGINE_DIALOGS.emergency);
}
