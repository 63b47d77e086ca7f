import type { AdvanceResult } from '../dialogs/dialog-engine.ts';
import type { Identities } from '../dialogs/identity.ts';
import type { Understanding } from '../nlu/understanding.ts';
import { parseConversationId } from './conversation.ts';
import type { TurnDeps } from './handle-turn.ts';
import { applyMove } from './handoff.ts';
import type { CustomerContent, InboundEvent } from './message.ts';
import { hideCodes, hideKnownCode } from './redact.ts';
import type { Turn, UnderstandingRecord } from './turn.ts';
import { createTurnDraft, type TurnDraft } from './turn-draft.ts';

/** What a customer wrote: the emergency lane first, then whoever holds the conversation. */
export async function customerTurn(
  deps: TurnDeps,
  event: InboundEvent,
  content: CustomerContent,
  head: Turn | undefined,
): Promise<TurnDraft> {
  const before = head?.state;
  const now = deps.clock.now();
  const expects = before === undefined ? [] : deps.engine.expects(before.dialogs);
  const understanding = deps.understand(content.text ?? '', { now, expects });
  const draft = createTurnDraft({
    event,
    head,
    kind: 'customer',
    now,
    contentVersion: deps.engine.contentVersion,
    ...(content.text !== undefined && { understanding: record(understanding) }),
  });
  if (draft.state.holder === 'closed') {
    draft.replace(applyMove(draft.state, 'customer_returns', { now: draft.now }));
  }
  draft.update({ lastCustomerAt: draft.now, identities: keepAlive(deps, event, draft) });

  const isEmergency = understanding.emergency && content.choice === undefined;
  if (isEmergency) {
    draft.update({ priority: 'emergency' });
  }
  if (draft.state.holder === 'agent') {
    draft.hear(content);
    if (isEmergency) {
      saySafetyWords(deps, draft, understanding);
    }
  } else {
    await talk(deps, draft, event, content, understanding);
  }
  return draft;
}

/** What is left to do when a turn failed by our own fault: keep the message, apologise, and call a human. */
export function faultTurn(
  deps: TurnDeps,
  event: InboundEvent,
  content: CustomerContent,
  head: Turn | undefined,
): TurnDraft {
  const { contentVersion } = deps.engine;
  const now = deps.clock.now();
  const draft = createTurnDraft({ event, head, kind: 'customer', now, contentVersion });
  const understanding = deps.understand(content.text ?? '', { now });
  draft.hear(hideCodes(content));
  if (understanding.emergency) {
    draft.update({ priority: 'emergency' });
    saySafetyWords(deps, draft, understanding);
  }
  if (draft.state.holder !== 'agent') {
    draft.say(deps.engine.notice('service-trouble', {}), { author: 'bot' });
    queueUp(deps, draft, 'action_failed');
  }
  return draft;
}

/** Safety words reach the customer whoever holds the conversation, and never wait for a look-up. */
function saySafetyWords(deps: TurnDeps, draft: TurnDraft, understanding: Understanding): void {
  const { replies } = deps.engine.emergency(draft.state.dialogs, understanding);
  draft.say(replies, { author: 'bot', isSafety: true });
}

/** The bot answers; while the customer waits in the queue it goes on helping, but does not queue twice. */
async function talk(
  deps: TurnDeps,
  draft: TurnDraft,
  event: InboundEvent,
  content: CustomerContent,
  understanding: Understanding,
): Promise<void> {
  if (content.text === undefined && content.choice === undefined) {
    draft.hear(content);
    draft.say(deps.engine.notice('attachment-received', {}), { author: 'bot' });
    queueUp(deps, draft, 'attachment');
    return;
  }
  const advanced = await deps.engine.advance(
    draft.state.dialogs,
    { understanding, ...(content.choice !== undefined && { choice: content.choice }) },
    {
      conversationId: event.conversationId,
      channel: parseConversationId(event.conversationId).channel,
      eventKey: event.key,
      now: draft.now,
      identities: draft.state.identities,
    },
    deps.runAction,
  );
  draft.hear(advanced.redactUtterance ? hideKnownCode(content) : content);
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
  const asksForHuman = advanced.missed || advanced.handoff !== undefined;
  // The customer waits already, so there is nothing to say but that; what was done in the same step must be told.
  if (draft.state.holder === 'queue' && asksForHuman && advanced.effects.length === 0) {
    draft.say(deps.engine.notice('queue-message', {}), { author: 'bot' });
    return;
  }
  speak(draft, advanced, understanding.emergency);
  if (advanced.handoff !== undefined) {
    queueUp(deps, draft, advanced.handoff.reason);
  }
}

function speak(draft: TurnDraft, advanced: AdvanceResult, isSafety: boolean): void {
  draft.say(advanced.replies, { author: 'bot', provenance: advanced.provenance, ...(isSafety && { isSafety }) });
  for (const effect of advanced.effects) {
    draft.effect(effect);
  }
}

function queueUp(deps: TurnDeps, draft: TurnDraft, reason: string): void {
  if (draft.state.holder !== 'bot') {
    return;
  }
  draft.replace(applyMove(draft.state, 'handoff', { now: draft.now, reason }));
  draft.timer('queue_wait', draft.now + deps.policy.queueWaitMs);
}

/** On channels with an idle limit each message of the customer prolongs a verification that still holds. */
function keepAlive(deps: TurnDeps, event: InboundEvent, draft: TurnDraft): Identities {
  const idleMs = deps.policy.identityIdleMs[parseConversationId(event.conversationId).channel];
  if (idleMs === undefined) {
    return draft.state.identities;
  }
  return Object.fromEntries(
    Object.entries(draft.state.identities).map(([code, identity]) => [
      code,
      identity.level === 'verified' && identity.validUntil > draft.now
        ? { ...identity, validUntil: draft.now + idleMs }
        : identity,
    ]),
  );
}

function record(understanding: Understanding): UnderstandingRecord {
  const { intent, confidence, decision, alternatives, entities, emergency } = understanding;
  return { intent, confidence, decision, alternatives, entities: entities.map((entity) => entity.type), emergency };
}
