import type { Understanding } from '../nlu/understanding.ts';
import type { DialogFrame } from './dialog.ts';
import { type DialogWorld, nodeAt } from './dialog-world.ts';
import { slotsIn } from './fill-slots.ts';
import { joinedPlace } from './joined-place.ts';
import type { Standing } from './move.ts';
import { offersAt } from './read-choice.ts';
import type { Slots } from './run-action.ts';
import { isPrivate, slotOf, wordsSlot } from './slots.ts';
import { toldByWords } from './told-by-words.ts';

/** Values for slots of the open dialogs that differ from what they have. */
export function newValues(world: DialogWorld, understanding: Understanding, at: Standing): Slots {
  const first = at.chain[0] ?? at.frame;
  const asked = at.node.kind === 'ask' ? at.node.slots : [];
  const used = [first.dialog, ...offersAt(at)]
    .flatMap((dialog) => [...(world.usedSlots.get(dialog) ?? [])])
    .filter((slot) => !isPrivate(slot) || asked.includes(slot));
  const found: Record<string, string> = { ...slotsIn(understanding, new Set([...asked, ...used])) };
  const has: Slots = Object.assign({}, ...at.chain.map((frame) => frame.slots));
  Object.assign(found, joinedPlace(found, has, understanding.utterance));
  const hadBefore = (slot: string) => (asked.includes(slot) ? at.frame.slots[slot] : has[slot]);
  // Of the same commune another house is another place.
  const isOtherHouse = (words: string) => (found[words] ?? '') !== '' && (has[words] ?? '') !== found[words];
  const isNew = (slot: string) => hadBefore(slot) !== found[slot] || isOtherHouse(wordsSlot(slot));
  const told = at.chain.map((frame) => toldByWords(world, frame, understanding.utterance));
  const entities = Object.entries(found).filter(([slot]) => isNew(slotOf(slot)));
  return Object.assign({}, ...told, Object.fromEntries(entities));
}

/** What a message tells anew of a dialog that is over. */
export function valuesOfEnded(world: DialogWorld, understanding: Understanding, ended: DialogFrame): Slots {
  return newValues(world, understanding, { frame: ended, node: nodeAt(world, ended), chain: [ended] });
}
