import { isClosing } from './after-told.ts';
import type { DialogFrame, DialogState } from './dialog.ts';
import { type DialogWorld, dialogNamed, nodeAt } from './dialog-world.ts';
import { ENGINE_DIALOGS } from './engine-dialogs.ts';
import { visibleChoices } from './match-choice.ts';
import { choiceValue, fillText, renderWords } from './render-words.ts';
import { repairStack } from './repair-stack.ts';
import type { Reply } from './reply.ts';
import type { Slots } from './run-action.ts';
import { chainStart, startedFrame } from './stack.ts';

/** The question with which a dialog begins, to be asked outside a talk: in a notice, with what it tells before it. */
export function questionOf(world: DialogWorld, id: string, slots: Slots): readonly Reply[] {
  const { first, nodes } = dialogNamed(world, id);
  const node = nodes[first];
  if (node?.kind !== 'choose') {
    throw new Error(`Dialog "${id}" does not begin with a question: it cannot be asked in a notice.`);
  }
  const choices = node.choices.map((choice) => ({
    label: fillText(choice.label, slots),
    value: choiceValue(id, first, choice),
  }));
  return renderWords(world, { ...node, say: [node.say.join(' ')], choices }, slots);
}

/** Puts the question whose buttons these words bear on top of what is open. */
export function openQuestion(world: DialogWorld, state: DialogState, replies: readonly Reply[]): DialogState {
  const [dialog = '', node = ''] = (visibleChoices(replies)[0]?.value ?? '').split('/');
  const stack = repairStack(world, state.stack);
  const isInDanger = stack.some((frame) => frame.dialog === ENGINE_DIALOGS.emergency);
  if (isInDanger || world.dialogs.get(dialog)?.nodes[node]?.kind !== 'choose') {
    return state;
  }
  const gone = [dialog, ...dialogNamed(world, dialog).settles];
  const others = withoutDone(world, stack).filter((_, index, open) => !gone.includes(startedBy(open, index)));
  return {
    ...state,
    stack: [...others, { dialog, node, tries: 1, slots: {}, asked: { [node]: 1 } }],
    lastReplies: replies,
  };
}

/** The dialog that a frame belongs to: its own, or the one that has called it. */
function startedBy(stack: readonly DialogFrame[], index: number): string {
  return startedFrame(stack.slice(0, index + 1))?.dialog ?? '';
}

/** A dialog whose work is done makes room, as it does for a request of the customer. */
function withoutDone(world: DialogWorld, stack: readonly DialogFrame[]): readonly DialogFrame[] {
  const top = stack.at(-1);
  return top !== undefined && isClosing(nodeAt(world, top)) ? stack.slice(0, chainStart(stack)) : stack;
}
