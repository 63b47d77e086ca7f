import type { Understanding } from '../nlu/understanding.ts';
import type { DialogNode } from './dialog.ts';
import type { DialogWorld } from './dialog-world.ts';
import { CANCEL_INTENT, HUMAN_INTENT } from './engine-dialogs.ts';
import { wordsBeside } from './fill-slots.ts';
import { foldWords, hasWords } from './fold-words.ts';
import type { Standing } from './move.ts';
import { leadsToAnswered, readChoice } from './read-choice.ts';
import { requestOf } from './request-of.ts';
import { rewind } from './rewind.ts';
import type { Slots } from './run-action.ts';
import type { TurnDraft } from './turn-draft.ts';

/** A request this sure is no further question about what was told. */
const SURE_OF_ANOTHER = 0.95;
/** What follows from words of the dialog's own: "hết bao nhiêu tiền" is too short to be anything but a further question, unless it is quite sure. */
const SURE_OF_ANOTHER_IN_FEW_WORDS = 0.99;
const FEW_WORDS = 4;

/** The work is done, and the question is only what else to do. */
export function isClosing(node: DialogNode): boolean {
  return node.kind === 'choose' && node.closing;
}

/** Another value for what was told last: it says more than the words of any button around it. */
export function mends(world: DialogWorld, turn: TurnDraft, at: Standing, values: Slots): boolean {
  const { understanding } = turn;
  const isTold = isClosing(at.node) && at.chain.some((frame) => rewind(world, frame, values) !== undefined);
  if (!isTold || leadsToAnswered(world, at, readChoice(world, turn, at), values)) {
    return isTold;
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

/** A further question about what was just told: "hết bao nhiêu tiền" after the papers for a new connection. */
export function asksOn(world: DialogWorld, understanding: Understanding, at: Standing): string | undefined {
  if (!isClosing(at.node)) {
    return undefined;
  }
  const text = foldWords(understanding.utterance);
  const isFew = wordsBeside(understanding) <= FEW_WORDS;
  // "Giá mua" after solar panels says more than the one word "giá", which stands in every question about prices.
  const told = (words: string) =>
    hasWords(text, words) && !isOther(understanding, isFew || words.includes(' ') ? 'few' : 'many');
  return at.chain.map((frame) => frame.dialog).find((dialog) => world.topics.get(dialog)?.some(told));
}

function isOther({ decision, confidence }: Understanding, words: 'few' | 'many'): boolean {
  return decision === 'accept' && confidence >= (words === 'few' ? SURE_OF_ANOTHER_IN_FEW_WORDS : SURE_OF_ANOTHER);
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
