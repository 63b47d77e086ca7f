import type { AdvanceResult } from '../dialogs/dialog-engine.ts';
import type { Identities } from '../dialogs/identity.ts';
import type { Understanding } from '../nlu/understanding.ts';
import { parseConversationId } from './conversation.ts';
import type { TurnDeps } from './handle-turn.ts';
import { applyMove } from './handoff.ts';
import type { CustomerContent, InboundEvent } from './message.ts';
import { redactCodes } from './redact.ts';
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

  if (understanding.emergency && content.choice === undefined) {
    draft.hear(content);
    emergencyLane(deps, draft, understanding);
  } else if (draft.state.holder === 'agent') {
    draft.hear(content);
  } else {
    await talk(deps, draft, event, content, understanding);
  }
  return draft;
}

/** What is left to do when a turn failed by our own fault: keep the message, apologise, and call a human. */
export function faultTurn(deps: TurnDeps, event: InboundEvent, head: Turn | undefined): TurnDraft {
  const { contentVersion } = deps.engine;
  const draft = createTurnDraft({ event, head, kind: 'customer', now: deps.clock.now(), contentVersion });
  if (event.content.kind === 'customer_message') {
    draft.hear(event.content);
  }
  if (draft.state.holder !== 'agent') {
    draft.say(deps.engine.notice('service-trouble', {}), { author: 'bot' });
    queueUp(deps, draft, 'action_failed');
  }
  return draft;
}

/** Safety words before anything else, whoever holds the conversation. With the bot, the emergency dialog goes on. */
function emergencyLane(deps: TurnDeps, draft: TurnDraft, understanding: Understanding): void {
  const { state: dialogs, replies } = deps.engine.emergency(draft.state.dialogs, understanding);
  draft.update(draft.state.holder === 'agent' ? { priority: 'emergency' } : { priority: 'emergency', dialogs });
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
  draft.hear(advanced.redactUtterance ? redactCodes(content) : content);
  draft.update({
    dialogs: advanced.state,
    identities: { ...draft.state.identities, ...advanced.identities },
  });
  if (draft.state.holder === 'queue' && (advanced.missed || advanced.handoff !== undefined)) {
    draft.say(deps.engine.notice('queue-message', {}), { author: 'bot' });
    return;
  }
  speak(draft, advanced);
  if (advanced.handoff !== undefined) {
    queueUp(deps, draft, advanced.handoff.reason);
  }
}

function speak(draft: TurnDraft, advanced: AdvanceResult): void {
  draft.say(advanced.replies, { author: 'bot', provenance: advanced.provenance });
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
