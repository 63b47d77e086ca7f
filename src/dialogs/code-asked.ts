import type { Understanding } from '../nlu/understanding.ts';
import type { DialogFrame } from './dialog.ts';
import { type DialogWorld, nodeAt } from './dialog-world.ts';
import { isOnlyValues } from './fill-slots.ts';
import { isPrivate, SLOTS } from './slots.ts';
import { chainStart } from './stack.ts';

/** Entities that six digits may be by themselves. */
const IN_DIGITS: ReadonlySet<string> = new Set(['meter_index', 'number', 'kwh', 'money', 'phone', 'customer_code']);

/**
 * The stack up to a question for a one-time code that something else has interrupted: the SMS comes when it comes.
 * `undefined` where no such question waits, or where digits answer what is asked now.
 */
export function stackWaitingForCode(
  world: DialogWorld,
  stack: readonly DialogFrame[],
): readonly DialogFrame[] | undefined {
  const top = stack.at(-1);
  const node = top && nodeAt(world, top);
  const asked = node?.kind === 'ask' ? node.slots : [];
  if (asked.some((slot) => SLOTS[slot]?.entities.some((type) => IN_DIGITS.has(type)) || isPrivate(slot))) {
    return undefined;
  }
  const beneath = stack.slice(0, chainStart(stack)).findLastIndex((frame) => asksForCode(world, frame));
  return beneath < 0 ? undefined : stack.slice(0, beneath + 1);
}

function asksForCode(world: DialogWorld, frame: DialogFrame): boolean {
  const node = nodeAt(world, frame);
  return node.kind === 'ask' && node.slots.some(isPrivate);
}

/** The stack as this message finds it: a bare code goes to the question that waits for it. */
export function stackFor(
  world: DialogWorld,
  stack: readonly DialogFrame[],
  understanding: Understanding,
): readonly DialogFrame[] {
  const isCode = isOnlyValues(understanding) && understanding.entities.some(({ type }) => type === 'otp');
  return (isCode ? stackWaitingForCode(world, stack) : undefined) ?? stack;
}
