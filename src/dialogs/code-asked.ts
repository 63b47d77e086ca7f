import type { Understanding } from '../nlu/understanding.ts';
import type { DialogFrame, DialogNode, DialogState } from './dialog.ts';
import { type DialogWorld, nodeAt } from './dialog-world.ts';
import { isOnlyValues } from './fill-slots.ts';
import { repairStack } from './repair-stack.ts';
import { asksForCode, givenUpFor } from './sent-code.ts';
import { isPrivate, SLOTS } from './slots.ts';
import { chainStart } from './stack.ts';

/** Entities that six digits may be by themselves. */
const IN_DIGITS: ReadonlySet<string> = new Set(['meter_index', 'number', 'kwh', 'money', 'phone', 'customer_code']);

/**
 * The stack up to a question for a one-time code that something else has interrupted, or that was given up: the SMS
 * comes when it comes.
 * `undefined` where no such question waits, or where digits answer what is asked now.
 */
export function stackWaitingForCode(
  world: DialogWorld,
  state: DialogState,
  now: number,
): readonly DialogFrame[] | undefined {
  const { stack } = state;
  const top = stack.at(-1);
  const node = top && nodeAt(world, top);
  if (node !== undefined && asksForDigits(node)) {
    return undefined;
  }
  const beneath = stack.slice(0, chainStart(stack)).findLastIndex((frame) => asksForCode(world, frame));
  if (beneath >= 0) {
    return stack.slice(0, beneath + 1);
  }
  const givenUp = repairStack(world, givenUpFor(state, now));
  return givenUp.length === 0 ? undefined : [...stack.slice(0, chainStart(stack)), ...givenUp];
}

/** Whether six digits may be the answer to what is asked. */
export function asksForDigits(node: DialogNode): boolean {
  const asked = node.kind === 'ask' ? node.slots : [];
  return asked.some((slot) => SLOTS[slot]?.entities.some((type) => IN_DIGITS.has(type)) || isPrivate(slot));
}

/** The stack as this message finds it: a bare code goes to the question that waits for it. */
export function stackFor(
  world: DialogWorld,
  state: DialogState,
  understanding: Understanding,
  now: number,
): readonly DialogFrame[] {
  const stack = repairStack(world, state.stack);
  const isCode = isOnlyValues(understanding) && understanding.entities.some(({ type }) => type === 'otp');
  return (isCode ? stackWaitingForCode(world, { ...state, stack }, now) : undefined) ?? stack;
}
