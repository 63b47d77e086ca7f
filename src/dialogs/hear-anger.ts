import { detectAnger } from '../nlu/detect-anger.ts';
import type { DialogWorld } from './dialog-world.ts';
import { isInEmergency } from './emergency.ts';
import { ENGINE_DIALOGS } from './engine-dialogs.ts';
import { visibleSlots, wordsOfDialog } from './stack.ts';
import type { TurnDraft } from './turn-draft.ts';

/** Says once in a conversation that the customer's anger was heard. Danger comes before it. */
export function hearAnger(world: DialogWorld, turn: TurnDraft): void {
  const { emergency, utterance } = turn.understanding;
  if (turn.hasHeardAnger || emergency || isInEmergency(turn) || !detectAnger(utterance)) {
    return;
  }
  turn.hasHeardAnger = true;
  turn.preface.push(...wordsOfDialog(world, ENGINE_DIALOGS.angerHeard, visibleSlots(world, turn, undefined)));
}
