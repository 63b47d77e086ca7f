import type { Identities } from '../dialogs/identity.ts';
import type { Understanding } from '../nlu/understanding.ts';
import { wake } from './agent-moves.ts';
import { answerCustomer, queueUp } from './answer-customer.ts';
import { parseConversationId } from './conversation.ts';
import type { TurnDeps } from './handle-turn.ts';
import { applyMove } from './handoff.ts';
import type { CustomerContent, InboundEvent } from './message.ts';
import { hideCodes, hideKnownCode } from './redact.ts';
import { stopNotices, wantsNoMore } from './stop-notices.ts';
import type { Turn, UnderstandingRecord } from './turn.ts';
import { createTurnDraft, type TurnDraft } from './turn-draft.ts';
import { understandContent } from './understand-content.ts';

/** What a customer wrote: the emergency lane first, then whoever holds the conversation. */
export async function customerTurn(
  deps: TurnDeps,
  event: InboundEvent,
  content: CustomerContent,
  head: Turn | undefined,
): Promise<TurnDraft> {
  const before = head?.state;
  const now = deps.clock.now();
  const expects = before === undefined ? [] : deps.engine.expects(before.dialogs, now);
  const understanding = understandContent(deps.understand, content, { now, expects });
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
    raiseAlarm(draft);
  }
  if (draft.state.holder === 'agent') {
    wake(draft);
    const holdsCode = deps.engine.holdsCode(draft.state.dialogs, understanding, now);
    draft.hear(holdsCode ? hideKnownCode(content) : content);
    if (isEmergency) {
      saySafetyWords(deps, draft, understanding);
    } else if (content.choice === undefined && wantsNoMore(content.text, head)) {
      await stopNotices(deps, draft, event);
    }
  } else {
    await answerCustomer(deps, draft, { event, content, understanding, isHeard: false, head });
  }
  return draft;
}

/** Danger is alarmed anew each time that the customer speaks of it. */
function raiseAlarm(draft: TurnDraft): void {
  const { alarmSeenBy: _seenBy, ...state } = draft.state;
  draft.replace({ ...state, priority: 'emergency', emergencyAt: draft.now });
}

/** What is left to do when a turn failed by our own fault: keep the message, apologise, and call a human. */
export async function faultTurn(
  deps: TurnDeps,
  event: InboundEvent,
  content: CustomerContent,
  head: Turn | undefined,
): Promise<TurnDraft> {
  const { contentVersion } = deps.engine;
  const now = deps.clock.now();
  const draft = createTurnDraft({ event, head, kind: 'customer', now, contentVersion });
  const understanding = deps.understand(content.text ?? '', { now });
  draft.hear(hideCodes(content));
  if (understanding.emergency) {
    raiseAlarm(draft);
    saySafetyWords(deps, draft, understanding);
  }
  if (draft.state.holder !== 'agent') {
    draft.say(deps.engine.notice(draft.state.dialogs, 'service-trouble'), { author: 'bot' });
    await queueUp(deps, draft, 'action_failed');
  }
  return draft;
}

/** Safety words reach the customer whoever holds the conversation, and never wait for a look-up. */
export function saySafetyWords(deps: TurnDeps, draft: TurnDraft, understanding: Understanding): void {
  const { replies } = deps.engine.emergency(draft.state.dialogs, understanding);
  draft.say(replies, { author: 'bot', isSafety: true });
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
