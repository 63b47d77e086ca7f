import type { Reply } from '../dialogs/reply.ts';
import { slotToken } from './act-within-cap.ts';
import type { AgentAct } from './agent-act.ts';
import { answerUnanswered } from './answer-unanswered.ts';
import { askForRating } from './ask-for-rating.ts';
import type { TurnDeps } from './handle-turn.ts';
import { applyMove, MOVES, type Move, type MoveContext } from './handoff.ts';
import type { InboundEvent } from './message.ts';
import { isOutsideAgent } from './outside-agent.ts';
import { promiseWords } from './promise-words.ts';
import type { Turn } from './turn.ts';
import type { TurnDraft } from './turn-draft.ts';

/** Where an act happens: the event that it is, and the turn that it follows. */
interface ActPlace {
  readonly event: InboundEvent;
  readonly head: Turn;
}

/** Carries out an act that was not refused: the move of the table, its words to the customer, its timers and effects. */
export async function performAct(deps: TurnDeps, draft: TurnDraft, act: AgentAct, place: ActPlace): Promise<void> {
  const agent = { id: act.agentId, name: act.agentName };
  if ('note' in act && act.note !== undefined) {
    draft.note({ authorId: agent.id, authorName: agent.name, text: act.note });
  }
  switch (act.act) {
    case 'claim':
      if (draft.state.holder !== 'agent' || isOutsideAgent(draft.state.agentId)) {
        move(deps, draft, draft.state.holder === 'agent' ? 'relieve' : 'claim', {
          ...{ now: draft.now, agent, slot: slotToken(place.event.key, agent.id) },
        });
      }
      seeAlarm(draft, agent.name);
      return;
    case 'say':
      wake(draft);
      seeAlarm(draft, agent.name);
      draft.say([replyOf(act)], { author: 'agent', authorId: agent.id, authorName: agent.name });
      return;
    case 'answer_incident':
      draft.say([{ kind: 'text', text: act.text }], { author: 'agent', authorId: agent.id, authorName: agent.name });
      move(deps, draft, 'answer', { now: draft.now });
      return;
    case 'note':
      draft.note({ authorId: agent.id, authorName: agent.name, text: act.text });
      return;
    case 'assign':
    case 'reassign':
    case 'transfer':
      if (draft.state.agentId !== act.to.id) {
        const slot = slotToken(place.event.key, act.to.id);
        move(deps, draft, act.act, { now: draft.now, agent: act.to, slot });
      }
      return;
    case 'release':
      move(deps, draft, 'release', { now: draft.now });
      await answerUnanswered(deps, draft, place);
      return;
    case 'requeue':
      move(deps, draft, 'requeue', { now: draft.now, reason: 'requeued' });
      return;
    case 'take_back':
      move(deps, draft, 'take_back', { now: draft.now, reason: 'taken_back' });
      return;
    case 'close':
      move(deps, draft, 'close', { now: draft.now });
      askForRating(deps, draft, act);
      return;
    case 'snooze':
      draft.update({ snoozedUntil: act.until });
      draft.timer('snooze', act.until);
      return;
    case 'see_alarm':
      seeAlarm(draft, agent.name);
      return;
    case 'wake':
      wake(draft);
      return;
    case 'call_back':
      bookCall(deps, draft, act);
      return;
  }
}

/** Makes a move of the table, and tells the customer what the table says. */
export function move(deps: TurnDeps, draft: TurnDraft, name: Move, context: MoveContext): void {
  draft.replace(applyMove(draft.state, name, context));
  const { tells, to } = MOVES[name];
  if (tells !== undefined) {
    const words = deps.engine.notice(draft.state.dialogs, tells, context.agent && { agent_name: context.agent.name });
    draft.say(words, { author: 'system' });
  }
  if (to === 'queue') {
    draft.timer('queue_wait', draft.now + deps.policy.queueWaitMs);
  }
}

/** What the customer gets of an agent's words and file. */
function replyOf({ text, file }: Extract<AgentAct, { act: 'say' }>): Reply {
  if (file === undefined) {
    return { kind: 'text', text };
  }
  const { kind, url, name } = file;
  const words = text === '' ? {} : { text };
  // Names that phones give to pictures say nothing.
  return kind === 'image' ? { kind, url, alt: 'Ảnh nhân viên gửi', ...words } : { kind, url, name, ...words };
}

function seeAlarm(draft: TurnDraft, agentName: string): void {
  if (draft.state.emergencyAt !== undefined) {
    draft.update({ alarmSeenBy: agentName });
  }
}

/** Brings a conversation that was set aside back to its agent. */
export function wake(draft: TurnDraft): void {
  const { snoozedUntil, ...state } = draft.state;
  if (snoozedUntil !== undefined) {
    draft.replace(state);
  }
}

const DIGITS_SHOWN = 3;

function bookCall(deps: TurnDeps, draft: TurnDraft, act: Extract<AgentAct, { act: 'call_back' }>): void {
  const number = deps.ids.ticketNumber('GL', draft.now);
  const promised = promiseWords(act.by);
  draft.effect({
    kind: 'open_ticket',
    ticket: {
      ...{ number, kind: 'callback', priority: 'normal', phone: act.phone },
      summary: act.note ?? `Gọi lại cho khách trước ${promised}`,
      details: { call_by: new Date(act.by).toISOString(), asked_by: act.agentName },
    },
  });
  const phone_end = act.phone.slice(-DIGITS_SHOWN);
  draft.say(deps.engine.notice(draft.state.dialogs, 'call-back-booked', { ticket: number, promised, phone_end }), {
    author: 'system',
  });
}
