import type { Understanding } from '../nlu/understanding.ts';
import type { DialogNode } from './dialog.ts';
import type { DialogWorld } from './dialog-world.ts';
import { CANCEL_INTENT, HUMAN_INTENT } from './engine-dialogs.ts';
import { wordsBeside } from './fill-slots.ts';
import type { Standing } from './move.ts';
import { goesAlong, leadsToAnswered, readChoice } from './read-choice.ts';
import { requestOf } from './request-of.ts';
import { rewind } from './rewind.ts';
import type { Slots } from './run-action.ts';
import type { TurnDraft } from './turn-draft.ts';

/** A request this sure is no further question about what was told. */
export const SURE_OF_ANOTHER = 0.95;

/** The work is done, and the question is only what else to do. */
export function isClosing(node: DialogNode): boolean {
  return node.kind === 'choose' && node.closing;
}

/** Another value for what was told last: it says more than the words of any button around it. */
export function mends(world: DialogWorld, turn: TurnDraft, at: Standing, values: Slots): boolean {
  const { understanding } = turn;
  const isTold = isClosing(at.node) && at.chain.some((frame) => rewind(world, frame, values) !== undefined);
  const chosen = isTold ? readChoice(world, turn, at) : undefined;
  if (!isTold || leadsToAnswered(world, at, chosen, values)) {
    return isTold;
  }
  if (goesAlong(world, chosen, values)) {
    return false;
  }
  const request = requestOf(world, understanding);
  if (request === undefined || understanding.intent === CANCEL_INTENT) {
    return true;
  }
  const isSame = at.chain.some((frame) => frame.dialog === request);
  return isSame
    ? !isToldAnew(world, understanding, at.node, request)
    : understanding.confidence < SURE_OF_ANOTHER && understanding.intent !== HUMAN_INTENT;
}

/** The work is done and the same is asked for in full: a dialog that goes by the words of a request hears the new ones. */
export function isToldAnew(
  world: DialogWorld,
  understanding: Understanding,
  node: DialogNode,
  request: string,
): boolean {
  const dialog = world.dialogs.get(request);
  const first = dialog?.nodes[dialog.first];
  return isClosing(node) && first?.kind === 'choose' && first.by === 'words' && wordsBeside(understanding) >= 3;
}
