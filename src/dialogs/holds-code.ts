import type { Understanding } from '../nlu/understanding.ts';
import type { DialogFrame } from './dialog.ts';
import { type DialogWorld, nodeAt } from './dialog-world.ts';
import { isPrivate } from './slots.ts';

/** A one-time code must not be stored: one that was asked for, or one that the customer sends by himself. */
export function holdsCode(
  world: DialogWorld,
  frame: DialogFrame | undefined,
  { entities, utterance }: Understanding,
): boolean {
  const node = frame && nodeAt(world, frame);
  const isAsked = node?.kind === 'ask' && node.slots.some(isPrivate);
  return entities.some((entity) => entity.type === 'otp') || (isAsked && /\d[\d\s.-]{2,}\d/.test(utterance));
}
