import { namesNoMonth } from '../nlu/names-no-month.ts';
import { ACTIONS } from './actions.ts';
import type { DialogChoice, DialogNode, DoNode } from './dialog.ts';
import { type DialogWorld, dialogNamed } from './dialog-world.ts';
import type { Move, Standing } from './move.ts';
import { SLOTS, withSlots } from './slots.ts';
import { chainStart } from './stack.ts';
import { replaceTop, type TurnDraft, topFrame } from './turn-draft.ts';

/** The slot which says that the month that was named does not exist. */
const LACKS_MONTH = 'lacks_month';

/** "Tháng 13" where a month is used: said so, and asked for another where the dialog has a question for it. */
export function readNoSuchMonth(world: DialogWorld, at: Standing | undefined, utterance: string): Move | undefined {
  if (at === undefined || !namesNoMonth(utterance) || !at.chain.some(({ dialog }) => takesMonth(world, dialog))) {
    return undefined;
  }
  const choice = choicesOf(at.node).find((each) => asksForMonth(world, at, each));
  return { kind: 'no_such_month', ...(choice && { choice }) };
}

/** Remembers that the month which was named does not exist, where the dialog can ask for another. */
export function lackMonth(world: DialogWorld, turn: TurnDraft): void {
  const index = chainStart(turn.stack);
  const frame = turn.stack[index];
  if (frame !== undefined && monthQuestion(world, frame.dialog) !== undefined) {
    turn.stack[index] = { ...frame, slots: withSlots(frame.slots, { [LACKS_MONTH]: 'yes' }) };
  }
}

/** Goes to the question for a month before work that takes one, if the month that was named does not exist. */
export function askForMonth(world: DialogWorld, turn: TurnDraft, { does }: DoNode): boolean {
  const { slots, dialog } = topFrame(turn);
  const takesOne = slots[LACKS_MONTH] !== undefined && ACTIONS[does]?.uses?.some(isMonth) === true;
  const question = takesOne ? monthQuestion(world, dialog) : undefined;
  if (question === undefined || question.slots.some((slot) => slots[slot] !== undefined)) {
    return false;
  }
  replaceTop(turn, { node: question.name, tries: 0, slots: withSlots(slots, { [LACKS_MONTH]: '' }) });
  return true;
}

function monthQuestion(world: DialogWorld, dialog: string): { name: string; slots: readonly string[] } | undefined {
  const found = Object.entries(dialogNamed(world, dialog).nodes).find(([, node]) => asksMonth(node));
  return found?.[1].kind === 'ask' ? { name: found[0], slots: found[1].slots } : undefined;
}

function asksMonth(node: DialogNode | undefined): boolean {
  return node?.kind === 'ask' && node.slots.some(isMonth);
}

export function takesMonth(world: DialogWorld, dialog: string): boolean {
  return [...(world.usedSlots.get(dialog) ?? [])].some(isMonth);
}

function choicesOf(node: DialogNode): readonly DialogChoice[] {
  return node.kind === 'choose' && node.closing ? node.choices : [];
}

function asksForMonth(world: DialogWorld, { frame }: Standing, { next }: DialogChoice): boolean {
  return asksMonth(dialogNamed(world, frame.dialog).nodes[next]);
}

function isMonth(slot: string): boolean {
  return SLOTS[slot]?.entities.includes('billing_period') === true;
}
