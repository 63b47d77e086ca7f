import type { AdvanceResult } from '../dialogs/dialog-engine.ts';
import { ENGINE_DIALOGS, GREETING_INTENT } from '../dialogs/engine-dialogs.ts';
import type { Understanding } from '../nlu/understanding.ts';
import { parseConversationId } from './conversation.ts';
import { tellCrisis } from './crisis/tell-crisis.ts';
import type { TurnDeps } from './handle-turn.ts';
import { applyMove } from './handoff.ts';
import type { CustomerContent, InboundEvent } from './message.ts';
import { promiseWords } from './promise-words.ts';
import { hideKnownCode } from './redact.ts';
import { isAfterNotice } from './stop-notices.ts';
import { tellOfWait } from './tell-of-wait.ts';
import type { Turn } from './turn.ts';
import type { TurnDraft } from './turn-draft.ts';
import { isWordless } from './understand-content.ts';
import { answerWordless, hasFiles } from './wordless-message.ts';

interface Said {
  readonly event: InboundEvent;
  readonly content: CustomerContent;
  readonly understanding: Understanding;
  /** The message stands in an earlier turn already. */
  readonly isHeard: boolean;
  /** The turn before this one. */
  readonly head: Turn | undefined;
}

/** The bot answers; while the customer waits in the queue it goes on helping, but does not queue twice. */
export async function answerCustomer(
  deps: TurnDeps,
  draft: TurnDraft,
  { event, content, understanding, isHeard, head }: Said,
): Promise<void> {
  const hear = (heard: CustomerContent) => isHeard || draft.hear(heard);
  if (isWordless(content, understanding)) {
    hear(content);
    await takeWordless(deps, draft, content, head);
    return;
  }
  const advanced = await deps.engine.advance(
    draft.state.dialogs,
    {
      understanding,
      isAfterNotice: isAfterNotice(head),
      ...(content.choice !== undefined && { choice: content.choice }),
    },
    {
      conversationId: event.conversationId,
      channel: parseConversationId(event.conversationId).channel,
      eventKey: event.key,
      now: draft.now,
      identities: draft.state.identities,
    },
    deps.runAction,
  );
  hear(advanced.redactUtterance ? hideKnownCode(content) : content);
  const isCrisisTold = await tellCrisis(deps, draft, understanding, advanced.state);
  if (isCrisisTold && advanced.missed && !hasFiles(content)) {
    // That was the answer: what stands open stays so, and nobody is told that he was not understood.
    return;
  }
  if (await isOneTooMany(deps, draft, event, advanced)) {
    draft.say(deps.engine.notice(draft.state.dialogs, ENGINE_DIALOGS.tooOften), { author: 'bot' });
    return;
  }
  draft.update({
    dialogs: advanced.state,
    identities: { ...draft.state.identities, ...advanced.identities },
  });
  if (advanced.missed) {
    draft.miss();
  }
  for (const { action, error } of advanced.failures ?? []) {
    deps.log.error({ action, error: error instanceof Error ? error.name : 'unknown' }, 'An action failed.');
  }
  const asksForHuman = advanced.missed || advanced.handoff !== undefined || isCalling(understanding);
  // The customer waits already, so there is nothing to say but that; what was done in the same step must be told.
  if (draft.state.holder === 'queue' && asksForHuman && advanced.effects.length === 0) {
    const { promisedAt = 0 } = draft.state;
    const words =
      promisedAt > draft.now
        ? deps.engine.notice(draft.state.dialogs, 'after-hours-message', { promised: promiseWords(promisedAt) })
        : deps.engine.notice(draft.state.dialogs, 'queue-message');
    draft.say(words, { author: 'bot' });
    return;
  }
  speak(draft, advanced, understanding.emergency);
  if (hasFiles(content) && !understanding.emergency) {
    draft.say(deps.engine.notice(draft.state.dialogs, 'attachment-kept'), { author: 'bot' });
  }
  const isForHumanEyes = advanced.missed && hasFiles(content);
  const reason = advanced.handoff?.reason ?? (isForHumanEyes ? 'attachment' : undefined);
  if (reason !== undefined) {
    await queueUp(deps, draft, reason);
  }
}

/** Whether the customer asks for a human anew, and has done so too often. Danger is never counted. */
async function isOneTooMany(
  { limits }: TurnDeps,
  draft: TurnDraft,
  { conversationId }: InboundEvent,
  { handoff }: AdvanceResult,
): Promise<boolean> {
  const { holder, priority } = draft.state;
  const isCounted = handoff?.reason === 'customer_asked' && holder === 'bot' && priority !== 'emergency';
  return isCounted && !(await limits.take('agent', conversationId));
}

async function takeWordless(
  deps: TurnDeps,
  draft: TurnDraft,
  content: CustomerContent,
  head: Turn | undefined,
): Promise<void> {
  const { engine } = deps;
  const { notice, words, handoff } = answerWordless(content, { engine, head, state: draft.state, now: draft.now });
  if (words !== undefined) {
    draft.say(words, { author: 'bot' });
  }
  if (notice !== undefined) {
    draft.say(engine.notice(draft.state.dialogs, notice), { author: 'bot' });
  }
  if (handoff !== undefined) {
    await queueUp(deps, draft, handoff);
  }
}

/** "Alo" of somebody who waits asks whether anybody is there. */
function isCalling({ decision, intent }: Understanding): boolean {
  return decision === 'accept' && intent === GREETING_INTENT;
}

function speak(draft: TurnDraft, advanced: AdvanceResult, isSafety: boolean): void {
  draft.say(advanced.replies, { author: 'bot', provenance: advanced.provenance, ...(isSafety && { isSafety }) });
  for (const effect of advanced.effects) {
    draft.effect(effect);
  }
}

/** Asks for a human, unless the conversation waits already. */
export async function queueUp(deps: TurnDeps, draft: TurnDraft, reason: string): Promise<void> {
  if (draft.state.holder !== 'bot') {
    return;
  }
  draft.replace(applyMove(draft.state, 'handoff', { now: draft.now, reason }));
  await tellOfWait(deps, draft);
}
