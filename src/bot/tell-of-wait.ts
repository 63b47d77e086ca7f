import type { TurnDeps } from './handle-turn.ts';
import type { DeskStaffing } from './ports.ts';
import { promiseWords } from './promise-words.ts';
import type { TurnDraft } from './turn-draft.ts';

type WaitDeps = Pick<TurnDeps, 'engine' | 'log' | 'policy' | 'staffing'>;

/** Says truly, when a customer begins to wait, whether anybody is there; sets the timer for what is said next. */
export async function tellOfWait(deps: WaitDeps, draft: TurnDraft): Promise<void> {
  await tellOfDesk(deps, draft, deps.policy.queueWaitMs, (staffing) => {
    if (staffing !== undefined && staffing.waiting > 0) {
      sayPlace(deps, draft, staffing);
    }
  });
}

/** Says truly, after a while in the queue, why nobody has come yet. */
export async function tellOfLongWait(deps: WaitDeps, draft: TurnDraft): Promise<void> {
  const waitedMs = draft.now - (draft.state.waitingSince ?? draft.now);
  await tellOfDesk(deps, draft, Math.max(deps.policy.queueWaitMs, waitedMs), () => {
    draft.say(deps.engine.notice(draft.state.dialogs, isUrgent(draft) ? 'queue-urgent' : 'queue-waiting'), {
      author: 'bot',
    });
  });
}

/** Tells of a closed desk and of an empty one; `sayStaffed` when somebody is there, or nobody knows. */
async function tellOfDesk(
  deps: WaitDeps,
  draft: TurnDraft,
  againAfterMs: number,
  sayStaffed: (staffing: DeskStaffing | undefined) => void,
): Promise<void> {
  const staffing = await look(deps, draft.now);
  if (staffing?.promisedAt !== undefined && staffing.agents === 0) {
    promise(deps, draft, staffing.promisedAt);
    return;
  }
  if (staffing?.agents === 0) {
    draft.say(deps.engine.notice(draft.state.dialogs, 'queue-nobody'), { author: 'bot' });
  } else {
    sayStaffed(staffing);
  }
  draft.timer('queue_wait', draft.now + againAfterMs);
}

/** The desk is closed: the message is a task with a time by which it is answered. */
function promise({ engine, policy }: WaitDeps, draft: TurnDraft, promisedAt: number): void {
  draft.update({ promisedAt });
  draft.say(engine.notice(draft.state.dialogs, 'after-hours', { promised: promiseWords(promisedAt) }), {
    author: 'bot',
  });
  draft.timer('queue_wait', promisedAt + policy.queueWaitMs);
}

/** Whoever is in danger comes before all who wait, and is not told of them. */
function isUrgent({ state }: TurnDraft): boolean {
  return state.priority === 'emergency';
}

function sayPlace({ engine }: WaitDeps, draft: TurnDraft, { agents, waiting }: DeskStaffing): void {
  if (isUrgent(draft)) {
    draft.say(engine.notice(draft.state.dialogs, 'queue-urgent'), { author: 'bot' });
    return;
  }
  draft.say(engine.notice(draft.state.dialogs, 'queue-place', { agents: String(agents), ahead: String(waiting) }), {
    author: 'bot',
  });
}

/** Not to know who is there must not keep anybody from the queue. */
async function look({ staffing, log }: WaitDeps, now: number): Promise<DeskStaffing | undefined> {
  try {
    return await staffing.look(now);
  } catch (error) {
    log.error({ error }, 'Who is at the desk could not be read.');
    return undefined;
  }
}
