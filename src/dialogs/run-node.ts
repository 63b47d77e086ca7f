import { setsOf } from './choice-sets.ts';
import { citeSources } from './cite-sources.ts';
import type { AskNode, ChooseNode, DialogChoice, DialogFrame, DoNode, SayNode } from './dialog.ts';
import { type DialogWorld, dialogNamed, nodeAt } from './dialog-world.ts';
import { ENGINE_DIALOGS } from './engine-dialogs.ts';
import { choiceIn } from './match-choice.ts';
import { askForMonth } from './no-such-month.ts';
import { choiceValue, fillText, renderWords, startChoice } from './render-words.ts';
import type { Choice, Reply } from './reply.ts';
import type { Slots } from './run-action.ts';
import { isShared, SHARED_PLACE, withSlots, wordsSlot } from './slots.ts';
import {
  callDialog,
  chainStart,
  leave,
  sayWords,
  startHandoff,
  visibleSlots,
  withoutSuggestions,
  yieldToPending,
} from './stack.ts';
import { replaceTop, type TurnDraft, topFrame } from './turn-draft.ts';

/** More steps than any sound tree takes without asking. */
const MAX_STEPS = 100;

/** Runs until a question is open or nothing is; returns the node whose action must be run first, if one comes. */
export function runUntilAction(world: DialogWorld, turn: TurnDraft): DoNode | undefined {
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const frame = turn.stack.at(-1);
    if (frame === undefined) {
      return undefined;
    }
    const node = nodeAt(world, frame);
    switch (node.kind) {
      case 'say':
        sayNode(world, turn, node);
        leave(world, turn, 'next');
        break;
      case 'ask':
        if (!askOrGoOn(world, turn, node)) {
          return undefined;
        }
        break;
      case 'choose':
        if (!chooseOrGoOn(world, turn, node)) {
          return undefined;
        }
        break;
      case 'do':
        if (askForMonth(world, turn, node)) {
          break;
        }
        if (!world.dialogs.has(node.does)) {
          return node;
        }
        if (!leaveAsBefore(world, turn)) {
          callDialog(world, turn, node.does);
        }
    }
  }
  giveUp(world, turn);
  return undefined;
}

/** A called dialog that was through before a correction, and has nothing to do with it, is not gone through again. */
function leaveAsBefore(world: DialogWorld, turn: TurnDraft): boolean {
  const frame = topFrame(turn);
  const { [frame.node]: exit, ...replay } = frame.replay ?? {};
  if (exit === undefined) {
    return false;
  }
  replaceTop(turn, { replay });
  leave(world, turn, exit);
  return true;
}

/** A tree that goes round and round: a person takes over. Loading refuses such trees as far as it can see them. */
export function giveUp(world: DialogWorld, turn: TurnDraft): void {
  const { dialog, node } = topFrame(turn);
  startHandoff(world, turn, 'dialog', `${dialog}/${node}`);
  sayWords(world, turn, ENGINE_DIALOGS.handoff);
  turn.stack.length = 0;
}

function sayNode(world: DialogWorld, turn: TurnDraft, node: SayNode): void {
  const replies = renderWords(world, { ...node, choices: [] }, visibleSlots(world, turn, topFrame(turn)));
  citeSources(turn, node.say);
  const isDigression = chainStart(turn.stack) > 0;
  turn.replies.push(...(isDigression ? replies.map(withoutSuggestions) : replies));
}

/** True when the conversation can go on at once, false when it waits for an answer. */
function askOrGoOn(world: DialogWorld, turn: TurnDraft, node: AskNode): boolean {
  if (node.anew && topFrame(turn).tries === 0) {
    forget(turn, node.slots);
  }
  const frame = topFrame(turn);
  const slot = answeredSlot(node, frame, turn.known);
  if (slot !== undefined) {
    bindSlot(turn, slot);
    leave(world, turn, `got ${slot}`);
    return true;
  }
  const told = node.choices.find(({ key, toldBy }) => toldBy && frame.replay?.[frame.node] === `choice ${key}`);
  if (told !== undefined) {
    takeChoice(world, turn, told);
    return true;
  }
  if (frame.tries > 0) {
    sayQuestion(world, turn, node.say.slice(-1));
    return false;
  }
  if ((frame.asked?.[frame.node] ?? 0) >= node.retry.times) {
    leave(world, turn, 'gave_up');
    return true;
  }
  countAsking(turn);
  sayQuestion(world, turn, node.say);
  return false;
}

function forget(turn: TurnDraft, slots: readonly string[]): void {
  const empty = Object.fromEntries(
    slots.flatMap((slot) => [
      [slot, ''],
      [wordsSlot(slot), ''],
    ]),
  );
  replaceTop(turn, { slots: withSlots(topFrame(turn).slots, empty) });
}

function chooseOrGoOn(world: DialogWorld, turn: TurnDraft, node: ChooseNode): boolean {
  const frame = topFrame(turn);
  const { utterance } = turn.understanding;
  const choice = node.by === 'words' ? choiceIn(utterance, node.choices) : replayed(frame, node);
  if (choice !== undefined) {
    takeChoice(world, turn, choice);
    return true;
  }
  if (node.by === 'words' || hasHeardTwice(turn, node)) {
    leave(world, turn, 'otherwise');
    return true;
  }
  if (node.yields && turn.pending !== undefined && chainStart(turn.stack) === 0) {
    const told = node.say.map(withoutQuestion).filter(Boolean);
    turn.replies.push(...renderWords(world, { ...node, say: told, choices: [] }, visibleSlots(world, turn, frame)));
    return yieldToPending(world, turn);
  }
  // Asked again, only the question is: what it told before it has been read.
  const isAgain = frame.tries > 0 || (node.again.length > 0 && (frame.asked?.[frame.node] ?? 0) > 0);
  const again = node.again.length > 0 ? node.again : node.say.slice(-1);
  const say = isAgain ? again : node.say;
  countAsking(turn);
  sayQuestion(world, turn, say);
  return false;
}

/** Who goes on telling has left the question open when it was repeated: what he tells is taken, and it is not put a third time. */
function hasHeardTwice(turn: TurnDraft, { early, closing }: ChooseNode): boolean {
  const { asked, node } = topFrame(turn);
  return turn.hasTold && early && !closing && (asked?.[node] ?? 0) >= 2;
}

/** What a question tells before it asks: its last sentence, if that is the question, is left out. */
function withoutQuestion(text: string): string {
  return text.replace(/[^.!?]*\?$/, '').trim();
}

function replayed(frame: DialogFrame, node: ChooseNode): DialogChoice | undefined {
  const exit = frame.replay?.[frame.node];
  return node.closing ? undefined : node.choices.find((choice) => `choice ${choice.key}` === exit);
}

/** Fills what the choice fills and takes its exit. */
export function takeChoice(world: DialogWorld, turn: TurnDraft, choice: DialogChoice): void {
  const frame = topFrame(turn);
  const node = nodeAt(world, frame);
  const { [frame.node]: _, ...replay } = frame.replay ?? {};
  // After what was asked for has been told, a new round begins: its questions have not been asked yet.
  const asked = node.kind === 'choose' && node.closing ? {} : frame.asked;
  replaceTop(turn, {
    slots: withSlots(frame.slots, setsOf(choice, turn.understanding.utterance, frame.slots)),
    replay,
    ...(asked && { asked }),
  });
  leave(world, turn, `choice ${choice.key}`);
}

function answeredSlot(node: AskNode, frame: DialogFrame, known: Slots): string | undefined {
  const here = node.slots.find((slot) => frame.slots[slot] !== undefined);
  return (
    here ??
    (node.fresh || node.anew ? undefined : node.slots.find((slot) => isShared(slot) && known[slot] !== undefined))
  );
}

/** A value known from before becomes this dialog's own: a later digression with another value leaves it alone. */
export function bindSlot(turn: TurnDraft, slot: string): void {
  const frame = topFrame(turn);
  const value = frame.slots[slot] ?? turn.known[slot];
  if (value !== undefined && isShared(slot)) {
    const words = frame.slots[slot] === undefined ? turn.known[wordsSlot(slot)] : undefined;
    replaceTop(turn, { slots: { ...frame.slots, [slot]: value, ...(words && { [wordsSlot(slot)]: words }) } });
  }
}

export function countAsking(turn: TurnDraft): void {
  const frame = topFrame(turn);
  const asked = { ...frame.asked, [frame.node]: (frame.asked?.[frame.node] ?? 0) + 1 };
  replaceTop(turn, { asked, tries: frame.tries + 1 });
}

/** Says these lines with the buttons of the open question. */
export function sayQuestion(world: DialogWorld, turn: TurnDraft, say: readonly string[]): void {
  const frame = topFrame(turn);
  const node = nodeAt(world, frame);
  if (node.kind !== 'ask' && node.kind !== 'choose') {
    return;
  }
  const slots = visibleSlots(world, turn, frame);
  const replies = renderWords(world, { ...node, say, choices: choicesAt(world, turn, frame) }, slots);
  citeSources(turn, say);
  const asksForPhone = node.kind === 'ask' && node.slots.includes('phone') && say === node.say;
  turn.replies.push(...(asksForPhone ? replies.map(askingForPhone) : replies));
}

/** The last line bears the question. */
function askingForPhone(reply: Reply, index: number, all: readonly Reply[]): Reply {
  const isQuestion = index === all.length - 1 && (reply.kind === 'text' || reply.kind === 'choices');
  return isQuestion ? { ...reply, asksFor: 'phone' } : reply;
}

/** The buttons of the question that a frame stands at; `all`: with what is understood and not shown. */
export function choicesAt(
  world: DialogWorld,
  turn: TurnDraft,
  frame: DialogFrame,
  which: 'shown' | 'all' = 'shown',
): readonly Choice[] {
  const node = nodeAt(world, frame);
  if (node.kind !== 'ask' && node.kind !== 'choose') {
    return [];
  }
  const slots = visibleSlots(world, turn, frame);
  const offered = node.kind === 'choose' && node.offers ? (frame.slots['offers'] ?? '').split(' ').filter(Boolean) : [];
  return [
    ...offered.map((id) => startChoice(dialogNamed(world, id))),
    ...node.choices
      .filter(({ isHidden }) => which === 'all' || !isHidden)
      .map((choice) => ({
        label: fillText(choice.label, slots),
        value: choiceValue(frame.dialog, frame.node, choice),
      })),
    ...(node.kind === 'ask' && takesSharedPlace(node, turn.known) ? [sharedPlaceChoice(world)] : []),
  ];
}

/** Where a place is asked for, a location sent earlier may be meant again. */
function takesSharedPlace(node: AskNode, known: Slots): boolean {
  return node.slots.includes('place') && known[SHARED_PLACE] !== undefined;
}

function sharedPlaceChoice(world: DialogWorld): Choice {
  return { label: dialogNamed(world, ENGINE_DIALOGS.locationReceived).title, value: SHARED_PLACE };
}
