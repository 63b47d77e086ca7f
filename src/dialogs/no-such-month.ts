import { namesNoMonth } from '../nlu/names-no-month.ts';
import type { DialogChoice, DialogNode } from './dialog.ts';
import { type DialogWorld, dialogNamed } from './dialog-world.ts';
import type { Move, Standing } from './move.ts';
import { SLOTS } from './slots.ts';

/** "Tháng 13" where a month is used: said so, and asked for another where the dialog has a question for it. */
export function readNoSuchMonth(world: DialogWorld, at: Standing | undefined, utterance: string): Move | undefined {
  if (at === undefined || !namesNoMonth(utterance) || !at.chain.some(({ dialog }) => takesMonth(world, dialog))) {
    return undefined;
  }
  const choice = choicesOf(at.node).find((each) => asksForMonth(world, at, each));
  return { kind: 'no_such_month', ...(choice && { choice }) };
}

export function takesMonth(world: DialogWorld, dialog: string): boolean {
  return [...(world.usedSlots.get(dialog) ?? [])].some(isMonth);
}

function choicesOf(node: DialogNode): readonly DialogChoice[] {
  return node.kind === 'choose' && node.closing ? node.choices : [];
}

function asksForMonth(world: DialogWorld, { frame }: Standing, { next }: DialogChoice): boolean {
  const node = dialogNamed(world, frame.dialog).nodes[next];
  return node?.kind === 'ask' && node.slots.some(isMonth);
}

function isMonth(slot: string): boolean {
  return SLOTS[slot]?.entities.includes('billing_period') === true;
}
