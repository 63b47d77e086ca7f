import { readShortAnswer } from '../nlu/short-answer.ts';
import type { Understanding } from '../nlu/understanding.ts';
import type { DialogChoice, DialogFrame, DialogNode } from './dialog.ts';
import { type DialogWorld, nodeAt } from './dialog-world.ts';
import { CANCEL_INTENT, ENGINE_DIALOGS, HUMAN_INTENT } from './engine-dialogs.ts';
import { isOnlyValues, sharedSlotsIn, slotsIn, wordsBeside } from './fill-slots.ts';
import { foldWords } from './fold-words.ts';
import { matchLabel, matchTyped, type OfferedChoice, visibleChoices } from './match-choice.ts';
import { choiceValue, START } from './render-words.ts';
import type { Slots } from './run-action.ts';
import { choicesAt } from './run-node.ts';
import { isPrivate } from './slots.ts';
import { chainStart } from './stack.ts';
import type { TurnDraft } from './turn-draft.ts';

/** How sure a request must be to interrupt an open question; more so where any words may be the answer. */
const SURE_BESIDE_A_QUESTION = 0.6;
const SURE_BESIDE_ANY_WORDS = 0.8;
/** Alternatives less likely than this are not worth asking about. */
const WORTH_ASKING = 0.15;

/** What a message means where the conversation stands. */
export type Move =
  | { readonly kind: 'emergency' | 'handoff' | 'repeat' | 'help' | 'cancel' | 'old_button' | 'miss' }
  | { readonly kind: 'choose'; readonly choice: DialogChoice }
  | { readonly kind: 'offered'; readonly dialog: string }
  | { readonly kind: 'start'; readonly dialog: string }
  | { readonly kind: 'clarify'; readonly dialogs: readonly string[] }
  /** Values for the open dialog: the answer, something given early, or a correction. */
  | { readonly kind: 'fill'; readonly values: Slots; readonly asWords?: string }
  /** A correction of the dialog that ended last. */
  | { readonly kind: 'reopen'; readonly values: Slots };

/** Where the conversation stands: the open question, if there is one. */
interface Standing {
  readonly frame: DialogFrame;
  readonly node: DialogNode;
  /** The dialogs that belong together here: the one on top and those that called it. */
  readonly chain: readonly DialogFrame[];
}

export function readMove(world: DialogWorld, turn: TurnDraft, tapped: string | undefined): Move {
  const at = standing(world, turn);
  return tapped === undefined ? readTyped(world, turn, at) : readValue(world, turn, at, tapped);
}

function standing(world: DialogWorld, turn: TurnDraft): Standing | undefined {
  const frame = turn.stack.at(-1);
  return frame && { frame, node: nodeAt(world, frame), chain: turn.stack.slice(chainStart(turn.stack)) };
}

/** A button's value. It may be an old one: its question need not be open any more. */
function readValue(world: DialogWorld, turn: TurnDraft, at: Standing | undefined, value: string): Move {
  const choice = at && choicesOf(at.node).find((each) => choiceValue(at.frame.dialog, at.frame.node, each) === value);
  if (choice !== undefined) {
    return { kind: 'choose', choice };
  }
  if (value.startsWith(START)) {
    return startOrOffered(world, at, value.slice(START.length));
  }
  const isShown = visibleChoices(turn.before.lastReplies).some((each) => each.value === value);
  if (at?.node.kind === 'ask' && isShown && !value.includes('/')) {
    return { kind: 'fill', values: { [at.node.slots[0] ?? '']: value } };
  }
  return { kind: 'old_button' };
}

function startOrOffered(world: DialogWorld, at: Standing | undefined, dialog: string): Move {
  if (!world.dialogs.has(dialog)) {
    return { kind: 'old_button' };
  }
  if (dialog === ENGINE_DIALOGS.handoff) {
    return { kind: 'handoff' };
  }
  const offers = at?.node.kind === 'choose' && at.node.offers ? (at.frame.slots['offers'] ?? '') : '';
  return offers.split(' ').includes(dialog) ? { kind: 'offered', dialog } : { kind: 'start', dialog };
}

function readTyped(world: DialogWorld, turn: TurnDraft, at: Standing | undefined): Move {
  const { understanding } = turn;
  if (understanding.emergency && !isInEmergency(at)) {
    return { kind: 'emergency' };
  }
  const values = at === undefined ? {} : newValues(world, understanding, at);
  const isAnswer = at?.node.kind === 'ask' && at.node.slots.some((slot) => values[slot] !== undefined);
  const label = matchLabel(understanding.utterance, offeredChoices(world, turn, at));
  return (
    (label && readValue(world, turn, at, label.value)) ??
    (isAnswer ? undefined : (readChoice(world, turn, at) ?? readCommand(understanding))) ??
    (at === undefined ? readWithNothingOpen(world, turn) : readInDialog(world, turn, at, values, isAnswer))
  );
}

function isInEmergency(at: Standing | undefined): boolean {
  return at?.chain.some((frame) => frame.dialog === ENGINE_DIALOGS.emergency) === true;
}

/** The label, number or words of a button that the customer sees. */
function readChoice(world: DialogWorld, turn: TurnDraft, at: Standing | undefined): Move | undefined {
  const { understanding } = turn;
  const typed = matchTyped(understanding.utterance, offeredChoices(world, turn, at));
  if (typed !== undefined && !takesBack(understanding, typed.choice)) {
    return readValue(world, turn, at, typed.value);
  }
  const intent = understanding.decision === 'accept' ? understanding.intent : undefined;
  const meant = at && choicesOf(at.node).find((choice) => choice.intent !== undefined && choice.intent === intent);
  return meant && { kind: 'choose', choice: meant };
}

/** "Thôi không báo nữa" to "is there any danger?" is no "no" that goes on with the report. */
function takesBack(understanding: Understanding, choice: DialogChoice | undefined): boolean {
  const isCancel = understanding.decision === 'accept' && understanding.intent === CANCEL_INTENT;
  return isCancel && choice?.answer === 'no' && choice.next !== 'end' && wordsBeside(understanding) >= 2;
}

function offeredChoices(world: DialogWorld, turn: TurnDraft, at: Standing | undefined): readonly OfferedChoice[] {
  const shown = visibleChoices(turn.before.lastReplies);
  if (at === undefined) {
    return shown.filter((each) => each.value.startsWith(START));
  }
  const own = choicesOf(at.node);
  const here = choicesAt(world, turn, at.frame).map((each): OfferedChoice => {
    const choice = own.find((one) => choiceValue(at.frame.dialog, at.frame.node, one) === each.value);
    return choice === undefined ? each : { ...each, choice };
  });
  // A list that an action showed stands above the buttons of the question itself, and is numbered first.
  const listed = at.node.kind === 'ask' ? shown.filter((each) => !each.value.includes('/')) : [];
  return [...listed, ...here];
}

function readCommand(understanding: Understanding): Move | undefined {
  const answer = readShortAnswer(understanding.utterance);
  if (answer?.kind === 'repeat' || answer?.kind === 'help') {
    return { kind: answer.kind };
  }
  if (understanding.decision !== 'accept') {
    return undefined;
  }
  if (understanding.intent === HUMAN_INTENT) {
    return { kind: 'handoff' };
  }
  return understanding.intent === CANCEL_INTENT ? { kind: 'cancel' } : undefined;
}

function readInDialog(world: DialogWorld, turn: TurnDraft, at: Standing, values: Slots, isAnswer: boolean): Move {
  const { understanding } = turn;
  // A bare code or date is a value for the open dialog, whatever it would ask for by itself.
  const isBare = Object.keys(values).length > 0 && isOnlyValues(understanding);
  // Where the danger is matters more than what the address may sound like.
  const isUrgent = isAnswer && isInEmergency(at);
  const request = isBare || isUrgent ? undefined : requestWhileAsking(world, understanding, at.node);
  const isSame = at.chain.some((frame) => frame.dialog === request);
  if (request !== undefined && !isSame && !(isAnswer && !asksForAnother(world, understanding, at.node, request))) {
    return { kind: 'start', dialog: request };
  }
  if (isSame && request !== undefined && isToldAnew(world, understanding, at.node, request)) {
    return { kind: 'start', dialog: request };
  }
  const takesWords = at.node.kind === 'ask' && at.node.anyWords && !turn.isWarned;
  const asWords = takesWords ? answerInWords(understanding) : undefined;
  if (asWords !== undefined) {
    return { kind: 'fill', values, asWords };
  }
  if (Object.keys(values).length > 0) {
    return { kind: 'fill', values };
  }
  if (isSame && request !== undefined) {
    return isClosing(at.node) ? { kind: 'start', dialog: request } : { kind: 'fill', values: {} };
  }
  return clarifyOrMiss(world, understanding, at);
}

/** The work is done and the same is asked for in full: a dialog that goes by the words of a request hears the new ones. */
function isToldAnew(world: DialogWorld, understanding: Understanding, node: DialogNode, request: string): boolean {
  const dialog = world.dialogs.get(request);
  const first = dialog?.nodes[dialog.first];
  return isClosing(node) && first?.kind === 'choose' && first.by === 'words' && wordsBeside(understanding) >= 3;
}

/** An answer with a request around it: "nhà PB… có lịch cúp điện không" while the code was asked for something else. */
function asksForAnother(world: DialogWorld, understanding: Understanding, node: DialogNode, request: string): boolean {
  const used = world.usedSlots.get(request);
  const asked = node.kind === 'ask' ? node.slots : [];
  return wordsBeside(understanding) >= 3 && asked.some((slot) => used?.has(slot));
}

function readWithNothingOpen(world: DialogWorld, turn: TurnDraft): Move {
  const { understanding, ended } = turn;
  const isCode = sharedSlotsIn(understanding)['customer_code'] !== undefined;
  if (isCode && isOnlyValues(understanding) && ended === undefined) {
    return { kind: 'start', dialog: ENGINE_DIALOGS.codeGiven };
  }
  const request = requestOf(world, understanding);
  if (request !== undefined) {
    return { kind: 'start', dialog: request };
  }
  if (ended !== undefined && wordsBeside(understanding) <= 6) {
    const values = newValues(world, understanding, { frame: ended, node: nodeAt(world, ended), chain: [ended] });
    if (Object.keys(values).length > 0) {
      return { kind: 'reopen', values };
    }
  }
  if (isCode && understanding.decision === 'reject') {
    return { kind: 'start', dialog: ENGINE_DIALOGS.codeGiven };
  }
  return clarifyOrMiss(world, understanding, undefined);
}

/** A request while a question is open: what is hardly likely, or may well be the answer, does not count as one. */
function requestWhileAsking(world: DialogWorld, understanding: Understanding, node: DialogNode): string | undefined {
  const least = node.kind === 'ask' && node.anyWords ? SURE_BESIDE_ANY_WORDS : SURE_BESIDE_A_QUESTION;
  return understanding.confidence >= least ? requestOf(world, understanding) : undefined;
}

function clarifyOrMiss(world: DialogWorld, understanding: Understanding, at: Standing | undefined): Move {
  if (understanding.decision === 'reject') {
    return { kind: 'miss' };
  }
  const open = new Set(at?.chain.map((frame) => frame.dialog));
  const likely = understanding.alternatives.filter(({ confidence }) => confidence >= WORTH_ASKING);
  const served = likely.flatMap(({ intent }) => world.byIntent.get(intent) ?? []);
  const dialogs = [...new Set(served)].filter((id) => !open.has(id)).slice(0, 3);
  // One doubtful guess is no reason to leave a question that waits for its answer.
  const least = at?.node.kind === 'ask' ? 2 : 1;
  return dialogs.length < least ? { kind: 'miss' } : { kind: 'clarify', dialogs };
}

/** The dialog that serves an accepted intent. */
function requestOf(world: DialogWorld, understanding: Understanding): string | undefined {
  return understanding.decision === 'accept' ? dialogFor(world, understanding.intent) : undefined;
}

export function dialogFor(world: DialogWorld, intent: string): string {
  return world.byIntent.get(intent) ?? ENGINE_DIALOGS.notServed;
}

/** Values for slots of the open dialogs that differ from what they have. */
function newValues(world: DialogWorld, understanding: Understanding, at: Standing): Slots {
  const first = at.chain[0] ?? at.frame;
  const asked = at.node.kind === 'ask' ? at.node.slots : [];
  const used = [...(world.usedSlots.get(first.dialog) ?? [])].filter(
    (slot) => !isPrivate(slot) || asked.includes(slot),
  );
  const found = slotsIn(understanding, new Set([...asked, ...used]));
  const has: Slots = Object.assign({}, ...at.chain.map((frame) => frame.slots));
  return Object.fromEntries(Object.entries(found).filter(([slot, value]) => has[slot] !== value));
}

function answerInWords(understanding: Understanding): string | undefined {
  const words = understanding.utterance.trim();
  return foldWords(words).length >= 2 ? words : undefined;
}

function choicesOf(node: DialogNode): readonly DialogChoice[] {
  return node.kind === 'ask' || node.kind === 'choose' ? node.choices : [];
}

function isClosing(node: DialogNode): boolean {
  return node.kind === 'choose' && node.closing;
}
