import {
  type DialogFrame,
  END,
  type Exit,
  exitsOf,
  HANDOFF,
  isEnd,
  OFFERED,
  type SayNode,
  STOP,
  type Target,
} from './dialog.ts';
import type { HandoffRequest } from './dialog-engine.ts';
import { type DialogWorld, dialogNamed, nodeAt } from './dialog-world.ts';
import { ENGINE_DIALOGS, HUMAN_INTENT } from './engine-dialogs.ts';
import { fillText, renderWords, START } from './render-words.ts';
import type { Choice, Reply } from './reply.ts';
import type { Slots } from './run-action.ts';
import { SLOTS, slotOf, withSlots } from './slots.ts';
import { replaceTop, requestHandoff, type TurnDraft, topFrame } from './turn-draft.ts';

/** Dialogs that may lie interrupted under one another; beyond it the oldest is given up. */
const MAX_DEPTH = 3;

/** Index of the frame that the dialog on top was started with: called dialogs belong to their caller. */
export function chainStart(stack: readonly DialogFrame[]): number {
  let index = stack.length - 1;
  while (index > 0 && stack[index]?.called === true) {
    index -= 1;
  }
  return Math.max(index, 0);
}

/** The frame that the dialog on top was started with; none when nothing is open. */
export function startedFrame(stack: readonly DialogFrame[]): DialogFrame | undefined {
  return stack[chainStart(stack)];
}

/** The slots that words at this place may use. */
export function visibleSlots(world: DialogWorld, turn: TurnDraft, frame: DialogFrame | undefined): Slots {
  return { ...world.constants, ...turn.known, ...frame?.slots };
}

/** Puts a dialog on top. What was open stays beneath and is come back to. */
export function startDialog(world: DialogWorld, turn: TurnDraft, id: string, slots: Slots = {}): void {
  leaveClosing(world, turn);
  const open = turn.stack.findIndex((frame) => frame.dialog === id && frame.called !== true);
  if (open >= 0) {
    backTo(turn, open);
    replaceTop(turn, { slots: withSlots(topFrame(turn).slots, slots) });
    return;
  }
  const starts = turn.stack.flatMap((frame, index) => (frame.called === true ? [] : [index]));
  if (starts.length >= MAX_DEPTH) {
    turn.stack.splice(0, starts[1] ?? turn.stack.length);
  }
  turn.stack.push({ dialog: id, node: dialogNamed(world, id).first, tries: 0, slots: withSlots({}, slots) });
}

/** Drops what lies above a frame, except the dialogs that the frame has called. */
function backTo(turn: TurnDraft, index: number): void {
  let last = index;
  while (turn.stack[last + 1]?.called === true) {
    last += 1;
  }
  turn.stack.length = last + 1;
}

/** A dialog whose work is done makes room for another request. */
export function leaveClosing(world: DialogWorld, turn: TurnDraft): void {
  const frame = turn.stack.at(-1);
  const node = frame === undefined ? undefined : nodeAt(world, frame);
  if (frame !== undefined && node?.kind === 'choose' && node.closing) {
    turn.stack.length = chainStart(turn.stack);
    turn.ended = correctable(world, frame) ?? turn.ended;
  }
}

/** The dialog, if it has anything that a customer could still correct. */
function correctable(world: DialogWorld, frame: DialogFrame): DialogFrame | undefined {
  return (world.usedSlots.get(frame.dialog)?.size ?? 0) > 0 ? frame : undefined;
}

/** A dialog called by the node on top, with that dialog's slots. */
export function callDialog(world: DialogWorld, turn: TurnDraft, id: string): void {
  const { slots } = topFrame(turn);
  turn.stack.push({ dialog: id, node: dialogNamed(world, id).first, tries: 0, slots, called: true });
}

/** Takes a named exit of the node on top. */
export function leave(world: DialogWorld, turn: TurnDraft, exitName: string): void {
  const frame = topFrame(turn);
  const exit = exitNamed(world, frame, exitName);
  turn.path.push({ dialog: frame.dialog, node: frame.node, exit: exit.name });
  replaceTop(turn, { trail: [...(frame.trail ?? []), { node: frame.node, exit: exit.name }] });
  goTo(world, turn, exit.target, exitName);
}

function exitNamed(world: DialogWorld, frame: DialogFrame, name: string): Exit {
  const exit = exitsOf(nodeAt(world, frame)).find((each) => each.name === name);
  if (exit === undefined) {
    throw new Error(`Node "${frame.node}" of dialog "${frame.dialog}" has no exit "${name}".`);
  }
  return exit;
}

function goTo(world: DialogWorld, turn: TurnDraft, target: Target, exitName: string): void {
  const frame = topFrame(turn);
  if (target === STOP) {
    turn.stack.length = 0;
    return;
  }
  if (isEnd(target)) {
    endDialog(world, turn, target.slice(END.length + 1));
    return;
  }
  if (target === HANDOFF) {
    startHandoff(world, turn, handoffReason(world, turn, frame, exitName), `${frame.dialog}/${frame.node}`);
    return;
  }
  if (dialogNamed(world, frame.dialog).nodes[target] !== undefined) {
    replaceTop(turn, { node: target, tries: 0 });
    return;
  }
  replaceChain(world, turn, target === OFFERED ? (frame.slots['offered'] ?? '') : target, frame);
}

function handoffReason(
  world: DialogWorld,
  turn: TurnDraft,
  frame: DialogFrame,
  exitName: string,
): HandoffRequest['reason'] {
  if (frame.dialog === ENGINE_DIALOGS.fallback) {
    return 'not_understood';
  }
  const node = nodeAt(world, frame);
  const choices = node.kind === 'ask' || node.kind === 'choose' ? node.choices : [];
  const choice = choices.find((each) => `choice ${each.key}` === exitName);
  if (choice?.intent === HUMAN_INTENT) {
    return 'customer_asked';
  }
  return turn.failures.length > 0 ? 'action_failed' : 'dialog';
}

/** Another dialog takes the place of this one; values given early go along. */
function replaceChain(world: DialogWorld, turn: TurnDraft, id: string, from: DialogFrame): void {
  const used = world.usedSlots.get(id) ?? new Set();
  const slots = Object.fromEntries(Object.entries(from.slots).filter(([slot]) => used.has(slotOf(slot))));
  // The month of the bill that was told is the one whose "sao cao vậy" is asked about.
  for (const slot of used) {
    const twin = slots[slot] === undefined ? twinOf(slot, from.slots) : undefined;
    if (twin !== undefined) {
      slots[slot] = twin;
    }
  }
  turn.stack.length = chainStart(turn.stack);
  startDialog(world, turn, id, slots);
}

/** The value of a slot that the same words fill, under the name that another dialog has for it. */
function twinOf(slot: string, values: Slots): string | undefined {
  const types = SLOTS[slot]?.entities.join() ?? '';
  const twin = Object.keys(values).find((each) => each !== slot && SLOTS[each]?.entities.join() === types);
  return types === '' || twin === undefined ? undefined : values[twin];
}

/** The bot's words for a hand-over; everything that was open is given up, because a person goes on from here. */
export function startHandoff(
  world: DialogWorld,
  turn: TurnDraft,
  reason: HandoffRequest['reason'],
  from: string,
): void {
  turn.stack.length = 0;
  turn.pending = undefined;
  requestHandoff(turn, reason, from);
  startDialog(world, turn, ENGINE_DIALOGS.handoff);
}

/** Ends the dialog on top; whoever waits beneath goes on. */
export function endDialog(world: DialogWorld, turn: TurnDraft, outcome: string): void {
  const frame = turn.stack.pop();
  if (frame === undefined) {
    return;
  }
  const caller = turn.stack.at(-1);
  if (frame.called === true && caller !== undefined) {
    replaceTop(turn, { slots: { ...caller.slots, ...frame.slots } });
    leave(world, turn, outcome);
    return;
  }
  turn.ended = correctable(world, frame) ?? turn.ended;
  comeBack(world, turn, frame.dialog);
}

/** What follows when a dialog is over: the further request, or the dialog that was interrupted. */
export function comeBack(world: DialogWorld, turn: TurnDraft, over: string, how: 'done' | 'broken_off' = 'done'): void {
  const outer = startedFrame(turn.stack);
  if (outer === undefined) {
    const isPlain = how === 'done' && dialogNamed(world, over).afterwards === 'resume';
    goOnWithPending(world, turn, over, isPlain);
    return;
  }
  const title = dialogNamed(world, outer.dialog).title;
  if (dialogNamed(world, over).afterwards === 'offer') {
    startDialog(world, turn, ENGINE_DIALOGS.resumeOffer, { title });
    return;
  }
  sayWords(world, turn, ENGINE_DIALOGS.resume, { title });
}

/** The further request of an earlier message: done at once, or only if the customer still wants it. */
function goOnWithPending(world: DialogWorld, turn: TurnDraft, over: string, atOnce: boolean): void {
  const { pending } = turn;
  if (pending === undefined || turn.handoff !== undefined) {
    return;
  }
  const { dialog, slots } = pending;
  turn.pending = undefined;
  const isGivenUp = over === ENGINE_DIALOGS.handoff || over === ENGINE_DIALOGS.fallback;
  if (isGivenUp) {
    return;
  }
  const { title } = dialogNamed(world, dialog);
  if (atOnce) {
    sayWords(world, turn, ENGINE_DIALOGS.nextRequest, { title });
    startDialog(world, turn, dialog, slots);
  } else {
    startDialog(world, turn, ENGINE_DIALOGS.offerPending, { ...slots, title, offers: dialog });
  }
}

/** A question about what else to do makes room for what the customer has asked for already. */
export function yieldToPending(world: DialogWorld, turn: TurnDraft): boolean {
  const frame = topFrame(turn);
  if (turn.pending === undefined || chainStart(turn.stack) > 0) {
    return false;
  }
  turn.stack.length = 0;
  turn.ended = correctable(world, frame) ?? turn.ended;
  goOnWithPending(world, turn, frame.dialog, true);
  return true;
}

/** Says the first words of a dialog without opening it. */
export function sayWords(world: DialogWorld, turn: TurnDraft, id: string, slots: Slots = {}): void {
  const replies = wordsOfDialog(world, id, { ...visibleSlots(world, turn, undefined), ...slots });
  turn.replies.push(...(turn.stack.length === 0 ? replies : replies.map(withoutSuggestions)));
}

/** Beside an open question the buttons for other requests would only confuse. */
export function withoutSuggestions(reply: Reply): Reply {
  if (reply.kind !== 'choices') {
    return reply;
  }
  const choices = reply.choices.filter((choice) => !choice.value.startsWith(START));
  const hasButtons = choices.length > 0 || (reply.links ?? []).length > 0;
  const { choices: _choices, links: _links, ...question } = reply;
  return hasButtons ? { ...reply, choices } : { ...question, kind: 'text' };
}

/** The words of the `say` nodes with which a dialog begins. */
export function wordsOfDialog(world: DialogWorld, id: string, slots: Slots): readonly Reply[] {
  const dialog = dialogNamed(world, id);
  const replies: Reply[] = [];
  const seen = new Set<string>();
  for (let name = dialog.first; !seen.has(name); ) {
    seen.add(name);
    const node = dialog.nodes[name];
    if (node?.kind !== 'say') {
      break;
    }
    replies.push(...renderWords(world, { ...node, choices: buttonsOf(node, slots) }, slots));
    name = node.next;
  }
  return replies;
}

function buttonsOf(node: SayNode, slots: Slots): readonly Choice[] {
  return node.buttons.map(({ label, value }) => ({ label, value: fillText(value, slots) }));
}
