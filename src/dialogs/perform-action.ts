import type { ActionKind, OutcomeKind } from './action-kind.ts';
import { ACTIONS, FAILED, NOT_VERIFIED, OPEN_CHALLENGE, slotsOf, TOO_OFTEN } from './actions.ts';
import { rememberSource } from './cite-sources.ts';
import type { DoNode } from './dialog.ts';
import type { DialogWorld } from './dialog-world.ts';
import { ENGINE_DIALOGS } from './engine-dialogs.ts';
import { type IdentityLevel, isEnough, levelOf } from './identity.ts';
import type { ActionContext, ActionResult, RunAction, Slots } from './run-action.ts';
import { bindSlot } from './run-node.ts';
import { isShared, SLOTS, withSlots, wordsSlot } from './slots.ts';
import { leave, sayWords } from './stack.ts';
import { replaceTop, type TurnDraft, topFrame } from './turn-draft.ts';

/** Runs the action of a `do` node, if the customer may have what it finds, and takes the exit of its outcome. */
export async function performAction(
  world: DialogWorld,
  turn: TurnDraft,
  node: DoNode,
  context: ActionContext,
  run: RunAction,
): Promise<void> {
  const action = ACTIONS[node.does];
  if (action === undefined) {
    throw new Error(`There is no action "${node.does}" in actions.ts.`);
  }
  for (const slot of slotsOf(action)) {
    bindSlot(turn, slot);
  }
  const now: ActionContext = {
    ...context,
    identities: { ...context.identities, ...turn.identities },
    utterance: turn.understanding.utterance,
    dialog: topFrame(turn).dialog,
  };
  if (!isEnough(levelHere(turn, now), action.identity)) {
    leave(world, turn, NOT_VERIFIED);
    return;
  }
  const found = await attempt(turn, node.does, action, now, run);
  if (found.outcome === TOO_OFTEN) {
    endWith(world, turn, ENGINE_DIALOGS.tooOften);
    return;
  }
  const result = withhold(action, found, levelHere(turn, now));
  keep(turn, action, result);
  noteCode(turn, action.outcomes[result.outcome], now.now);
  leave(world, turn, result.outcome);
}

/** Says these words; whatever was open is not asked any further, because it would come to the same. */
function endWith(world: DialogWorld, turn: TurnDraft, words: string): void {
  turn.stack.length = 0;
  turn.pending = undefined;
  sayWords(world, turn, words);
}

function levelHere(turn: TurnDraft, context: ActionContext): IdentityLevel {
  return levelOf(context.identities, topFrame(turn).slots['customer_code'], context.now);
}

/** An action that throws, or answers outside its catalogue entry, has failed: the dialog has an exit for that. */
async function attempt(
  turn: TurnDraft,
  name: string,
  action: ActionKind,
  context: ActionContext,
  run: RunAction,
): Promise<ActionResult> {
  try {
    const slots = { ...slotsFor(action, topFrame(turn).slots), ...openChallenge(turn, action, context.now) };
    const missing = action.needs.filter((slot) => slots[slot] === undefined);
    if (missing.length > 0) {
      throw new Error(`Action "${name}" was reached without ${missing.join(', ')}.`);
    }
    const result = await run(name, slots, context);
    checkResult(name, action, result);
    return result;
  } catch (error) {
    turn.failures.push({ action: name, error });
    return { outcome: FAILED };
  }
}

function slotsFor(action: ActionKind, slots: Slots): Slots {
  const given: Record<string, string> = {};
  for (const slot of slotsOf(action)) {
    const value = action.asWritten?.includes(slot) ? (slots[wordsSlot(slot)] ?? slots[slot]) : slots[slot];
    if (value !== undefined) {
      given[slot] = value;
    }
  }
  return given;
}

/** What is asked again by itself, and not by the customer, goes on with the code that is under way. */
function openChallenge(turn: TurnDraft, action: ActionKind, now: number): Slots {
  const { sentCode } = turn;
  const { slots, trail = [] } = topFrame(turn);
  const isAskedAnew = trail.length > 0;
  const isSame = sentCode?.customerCode === slots['customer_code'] && sentCode?.isSpent === undefined;
  return action.uses?.includes(OPEN_CHALLENGE) && !isAskedAnew && sentCode && isSame && now < sentCode.until
    ? { [OPEN_CHALLENGE]: sentCode.challengeId }
    : {};
}

function noteCode(turn: TurnDraft, outcome: OutcomeKind | undefined, now: number): void {
  const { customer_code: customerCode = '', challenge_id: challengeId = '' } = topFrame(turn).slots;
  if (outcome?.codeLifeMs !== undefined) {
    turn.sentCode = { customerCode, challengeId, until: now + outcome.codeLifeMs, asking: [] };
  }
  if (outcome?.spendsCode === true && turn.sentCode !== undefined) {
    turn.sentCode = { ...turn.sentCode, isSpent: true };
  }
}

function checkResult(name: string, action: ActionKind, result: ActionResult): void {
  if (result.outcome === FAILED || result.outcome === TOO_OFTEN) {
    return;
  }
  const outcome = action.outcomes[result.outcome];
  if (outcome === undefined) {
    throw new Error(`Action "${name}" answered "${result.outcome}", which actions.ts does not list.`);
  }
  const missing = (outcome.sets ?? []).filter((slot) => !result.slots?.[slot]);
  if (missing.length > 0) {
    throw new Error(`Action "${name}" answered "${result.outcome}" without ${missing.join(', ')}.`);
  }
}

/** What the customer may not hear yet counts as not found. */
function withhold(action: ActionKind, result: ActionResult, level: IdentityLevel): ActionResult {
  const needs = action.outcomes[result.outcome]?.needsIdentity;
  return needs === undefined || isEnough(level, needs.level) ? result : { outcome: needs.otherwise };
}

function keep(turn: TurnDraft, action: ActionKind, result: ActionResult): void {
  const spent = slotsOf(action).filter((slot) => SLOTS[slot]?.isOnce);
  const wrong = action.outcomes[result.outcome]?.clears ?? [];
  const cleared = Object.fromEntries(
    [...spent, ...wrong].flatMap((slot) => [
      [slot, ''],
      [wordsSlot(slot), ''],
    ]),
  );
  const sets = { ...cleared, ...result.slots };
  replaceTop(turn, { slots: withSlots(topFrame(turn).slots, sets) });
  rememberSource(turn, result.slots ?? {}, result.provenance ?? []);
  turn.known = withSlots(turn.known, Object.fromEntries(Object.entries(sets).filter(([slot]) => isShared(slot))));
  turn.replies.push(...(result.replies ?? []));
  turn.effects.push(...(result.effects ?? []));
  turn.provenance.push(...(result.provenance ?? []));
  Object.assign(turn.identities, result.identities);
}
