import { hashWord } from '../nlu/hash.ts';
import type { EntityType, Understanding } from '../nlu/understanding.ts';
import { advance } from './advance.ts';
import { isClosing } from './after-told.ts';
import type { Answer } from './answer.ts';
import { stackFor, stackWaitingForCode } from './code-asked.ts';
import type { Dialog, DialogState } from './dialog.ts';
import type { DialogEngine } from './dialog-engine.ts';
import { createDialogWorld, type DialogWorld, dialogNamed, nodeAt } from './dialog-world.ts';
import { isInEmergency, raiseEmergency, safetyWords } from './emergency.ts';
import { ENGINE_DIALOGS } from './engine-dialogs.ts';
import { addressed, noticeForms } from './forms-of-address.ts';
import { holdsCode } from './holds-code.ts';
import { visibleChoices } from './match-choice.ts';
import { openQuestion, questionOf } from './open-question.ts';
import { repairStack } from './repair-stack.ts';
import { type Choice, mapWords, type Reply } from './reply.ts';
import type { Slots } from './run-action.ts';
import { runUntilAction, sayQuestion } from './run-node.ts';
import { mayHoldSentCode } from './sent-code.ts';
import { SLOTS } from './slots.ts';
import { startedFrame, wordsOfDialog } from './stack.ts';
import { beginTurn, saidIn, stateAfter, topFrame } from './turn-draft.ts';

export interface DialogEngineConfig {
  /** Checked dialogs, as `loadDialogs` returns them. */
  readonly dialogs: readonly Dialog[];
  /** Placeholders that every dialog may use: `utility_name`, `hotline`, `hotline_tel`, `website`. */
  readonly constants: Slots;
  /** What actions say from data: part of the content version. */
  readonly answers?: readonly Answer[];
}

/** Makes the engine that runs dialog trees. It keeps no state of its own. */
export function createDialogEngine({ dialogs, constants, answers = [] }: DialogEngineConfig): DialogEngine {
  const world = createDialogWorld(dialogs, constants, answers);
  return {
    contentVersion: hashOf({ dialogs, constants, answers }),
    advance: (state, input, context, run) => advance(world, state, input, context, run),
    emergency: (state, understanding) => emergency(world, state, understanding),
    notice: (state, dialog, slots) => wordsOfNotice(world, dialog, state, slots),
    question: (dialog, slots) => questionOf(world, dialog, { ...constants, ...slots }),
    opened: (state, replies) => openQuestion(world, state, replies),
    expects: (state, now) => expects(world, state, now),
    pictureKept: (state) => pictureKept(world, state),
    holdsCode(state, understanding, now) {
      const frame = stackFor(world, state, understanding, now).at(-1);
      return holdsCode(world, frame, understanding) || mayHoldSentCode(state, understanding, now);
    },
  };
}

function wordsOfNotice(
  world: DialogWorld,
  dialog: string,
  { forms }: DialogState,
  slots: Slots = {},
): readonly Reply[] {
  return wordsOfDialog(world, dialog, { ...world.constants, ...slots }).map((reply) =>
    mapWords(reply, (words) => addressed(words, forms)),
  );
}

function emergency(world: DialogWorld, state: DialogState, understanding: Understanding) {
  const turn = beginTurn({ ...state, stack: repairStack(world, state.stack) }, understanding);
  turn.misses = 0;
  turn.forms = noticeForms(understanding.utterance, turn.forms);
  if (isInEmergency(turn)) {
    turn.replies.push(...safetyWords(world, turn).replies);
    const node = nodeAt(world, topFrame(turn));
    sayQuestion(world, turn, node.kind === 'ask' || node.kind === 'choose' ? node.say : []);
  } else {
    raiseEmergency(world, turn);
    runUntilAction(world, turn);
  }
  return { state: stateAfter(turn), replies: saidIn(turn) };
}

function expects(world: DialogWorld, state: DialogState, now: number): readonly EntityType[] {
  const stack = repairStack(world, state.stack);
  const open = [stack.at(-1), stackWaitingForCode(world, { ...state, stack }, now)?.at(-1)];
  const asked = open.flatMap((frame) => {
    const node = frame && nodeAt(world, frame);
    return node?.kind === 'ask' ? node.slots : [];
  });
  return [...new Set(asked.flatMap((slot) => SLOTS[slot]?.entities ?? []))];
}

function pictureKept(world: DialogWorld, state: DialogState): readonly Reply[] {
  const stack = repairStack(world, state.stack);
  const top = stack.at(-1);
  const started = startedFrame(stack);
  const isKept = started !== undefined && dialogNamed(world, started.dialog).keepsPictures;
  if (!isKept || top === undefined || isClosing(nodeAt(world, top))) {
    return [];
  }
  const choices = visibleChoices(state.lastReplies);
  return wordsOfNotice(world, ENGINE_DIALOGS.pictureKept, state).map((reply) => withChoices(reply, choices));
}

/** The buttons of what was asked, not its words: they may tell figures, which are told with their source or not at all. */
function withChoices(reply: Reply, choices: readonly Choice[]): Reply {
  return reply.kind === 'text' && choices.length > 0 ? { kind: 'choices', text: reply.text, choices } : reply;
}

function hashOf(content: unknown): string {
  return (hashWord(JSON.stringify(content)) >>> 0).toString(16).padStart(8, '0');
}
