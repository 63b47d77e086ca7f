import { stackFor } from './code-asked.ts';
import type { DialogState } from './dialog.ts';
import type { AdvanceInput, AdvanceResult } from './dialog-engine.ts';
import { type DialogWorld, dialogNamed, nodeAt } from './dialog-world.ts';
import { isInEmergency, warnOfNewDanger } from './emergency.ts';
import { ENGINE_DIALOGS } from './engine-dialogs.ts';
import { sharedSlotsIn, slotsIn } from './fill-slots.ts';
import { topicAfter, topicAt } from './follow-up.ts';
import { noticeForms } from './forms-of-address.ts';
import { hearAnger } from './hear-anger.ts';
import { holdsCode } from './holds-code.ts';
import { makeMove } from './make-move.ts';
import { performAction } from './perform-action.ts';
import { toldBefore } from './read-choice.ts';
import { readMove } from './read-move.ts';
import type { ActionContext, RunAction } from './run-action.ts';
import { giveUp, runUntilAction } from './run-node.ts';
import { asksForCode, isProvedAgain, mayHoldSentCode, sentCodeAfter } from './sent-code.ts';
import { isPrivate, withSlots } from './slots.ts';
import { sayWords, startedFrame } from './stack.ts';
import { beginTurn, finishTurn, replaceTop, type TurnDraft, topFrame } from './turn-draft.ts';

/** More actions than any sound tree runs in one turn. */
const MAX_ACTIONS = 30;

/** One step of a conversation: what the message means here, what follows from it, what is said. */
export async function advance(
  world: DialogWorld,
  state: DialogState,
  input: AdvanceInput,
  context: ActionContext,
  run: RunAction,
): Promise<AdvanceResult> {
  const turn = beginTurn(
    { ...state, stack: stackFor(world, state, input.understanding, context.now) },
    input.understanding,
    input.isAfterNotice,
  );
  turn.topic = topicAt(state, context.now);
  if (input.choice === undefined) {
    turn.known = withSlots(turn.known, sharedSlotsIn(input.understanding));
    const { understanding } = turn;
    turn.redact =
      holdsCode(world, turn.stack.at(-1), understanding) || mayHoldSentCode(state, understanding, context.now);
    turn.isProvedAgain = isProvedAgain(state, understanding, context);
    sayResumed(world, turn, state);
    turn.forms = noticeForms(input.understanding.utterance, turn.forms);
    hearAnger(world, turn);
  }
  if (waits(world, turn) ? takeMessage(world, turn, input.choice) : takeValues(world, turn)) {
    await runAll(world, turn, context, run);
  }
  if (turn.replies.length === 0) {
    sayWords(world, turn, ENGINE_DIALOGS.done);
  }
  turn.topic = topicAfter(world, turn, context.now);
  turn.sentCode = sentCodeAfter(world, turn, context.now);
  return finishTurn(turn);
}

/** The code came after its question was given up: what it was for goes on. */
function sayResumed(world: DialogWorld, turn: TurnDraft, { stack }: DialogState): void {
  const top = turn.stack.at(-1);
  const isGoneOnWith =
    top !== undefined && asksForCode(world, top) && !stack.some((frame) => asksForCode(world, frame));
  if (isGoneOnWith) {
    const title = dialogNamed(world, startedFrame(turn.stack)?.dialog ?? top.dialog).title;
    sayWords(world, turn, ENGINE_DIALOGS.resume, { title });
  }
}

/** Nothing is open, or a question that has been asked. */
function waits(world: DialogWorld, turn: TurnDraft): boolean {
  const frame = turn.stack.at(-1);
  const kind = frame && nodeAt(world, frame).kind;
  return frame === undefined || ((kind === 'ask' || kind === 'choose') && frame.tries > 0);
}

function takeMessage(world: DialogWorld, turn: TurnDraft, choice: string | undefined): boolean {
  if (choice === undefined && turn.understanding.emergency && isInEmergency(turn)) {
    warnOfNewDanger(world, turn);
  }
  const goesOn = makeMove(world, turn, readMove(world, turn, choice));
  if (choice === undefined) {
    keepTold(world, turn);
  }
  return goesOn;
}

/** What the message tells beside its answer or its request: it is not asked later. */
function keepTold(world: DialogWorld, turn: TurnDraft): void {
  const frame = turn.stack.at(-1);
  const told = frame === undefined ? [] : toldBefore(dialogNamed(world, frame.dialog), turn.understanding.utterance);
  if (told.length > 0) {
    const replay = Object.fromEntries(told.map(([node, { key }]) => [node, `choice ${key}`]));
    replaceTop(turn, { replay: { ...topFrame(turn).replay, ...replay } });
  }
}

/** The tree has to be run first (it was set back, or started again): only values are taken from the message. */
function takeValues(world: DialogWorld, turn: TurnDraft): boolean {
  const frame = topFrame(turn);
  const used = [...(world.usedSlots.get(frame.dialog) ?? [])].filter((slot) => !isPrivate(slot));
  replaceTop(turn, { slots: withSlots(frame.slots, slotsIn(turn.understanding, used)) });
  return true;
}

async function runAll(world: DialogWorld, turn: TurnDraft, context: ActionContext, run: RunAction): Promise<void> {
  for (let count = 0; count < MAX_ACTIONS; count += 1) {
    const node = runUntilAction(world, turn);
    if (node === undefined) {
      return;
    }
    await performAction(world, turn, node, context, run);
  }
  giveUp(world, turn);
}
