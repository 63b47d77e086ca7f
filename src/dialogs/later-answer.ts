import { isClosing } from './after-told.ts';
import { type DialogWorld, dialogNamed } from './dialog-world.ts';
import { isInEmergency } from './emergency.ts';
import type { Move, Standing } from './move.ts';
import { choiceToCome, toldBefore } from './read-choice.ts';
import type { TurnDraft } from './turn-draft.ts';

/** The answer to a question that has not been asked yet: "chỉ nhà tôi thôi" to "is there any danger?". */
export function readLaterAnswer(world: DialogWorld, turn: TurnDraft, at: Standing): Move | undefined {
  const { utterance } = turn.understanding;
  if (isClosing(at.node) || turn.isWarned) {
    return undefined;
  }
  const told = toldBefore(dialogNamed(world, at.frame.dialog), utterance).find(([node]) => node !== at.frame.node);
  if (told !== undefined) {
    return { kind: 'answered_early', node: told[0], choice: told[1] };
  }
  return at.node.kind === 'choose' && !isInEmergency(turn) ? choiceToCome(world, at, utterance) : undefined;
}
