import { namesNoMonth } from '../nlu/names-no-month.ts';
import { isSharedLocation } from '../nlu/shared-location.ts';
import { isClosing } from './after-told.ts';
import type { DialogChoice, DialogFrame } from './dialog.ts';
import { type DialogWorld, dialogNamed, nodeAt } from './dialog-world.ts';
import { noteHurt, raiseEmergency } from './emergency.ts';
import { ENGINE_DIALOGS, OUTSIDE_INTENT } from './engine-dialogs.ts';
import { isMending, slotsIn, wordsBeside } from './fill-slots.ts';
import { foldWords } from './fold-words.ts';
import type { Move } from './move.ts';
import { lackMonth, takesMonth } from './no-such-month.ts';
import { answeredByOpening } from './read-choice.ts';
import { rewind } from './rewind.ts';
import type { Slots } from './run-action.ts';
import { countAsking, sayQuestion, takeChoice } from './run-node.ts';
import { secondRequest } from './second-request.ts';
import { EARLIER_TICKET, isShared, slotOf, withSlots, wordsSlot } from './slots.ts';
import { chainStart, comeBack, leave, sayWords, startDialog, startedFrame, startHandoff } from './stack.ts';
import { isDenial } from './told-by-words.ts';
import { replaceTop, type TurnDraft, topFrame } from './turn-draft.ts';

const SURE_TO_BE_OUTSIDE = 0.8;
const SAYS_RIGHT = /(?:^| )moi (?:dung|phai)(?: |$)/;

/** Changes where the conversation stands; the nodes are run afterwards. `false`: nothing is to be run. */
export function makeMove(world: DialogWorld, turn: TurnDraft, move: Move): boolean {
  if (move.kind !== 'miss') {
    turn.misses = 0;
  }
  switch (move.kind) {
    case 'emergency':
      raiseEmergency(world, turn);
      return true;
    case 'handoff':
      startHandoff(world, turn, 'customer_asked', placeOf(turn));
      return true;
    case 'repeat':
      return repeat(turn);
    case 'help':
      return help(world, turn);
    case 'nod':
      return true;
    case 'map_link':
      sayWords(world, turn, ENGINE_DIALOGS.mapLink);
      return true;
    case 'no_such_month':
      sayWords(world, turn, ENGINE_DIALOGS.noSuchMonth);
      if (move.choice === undefined) {
        lackMonth(world, turn);
      } else {
        takeChoice(world, turn, move.choice);
      }
      return true;
    case 'proved_again':
      sayWords(world, turn, ENGINE_DIALOGS.alreadyVerified);
      return true;
    case 'cancel':
      return cancel(world, turn);
    case 'old_button':
      sayWords(world, turn, ENGINE_DIALOGS.oldButton);
      return true;
    case 'choose':
      addSlots(turn, move.values);
      takeChoice(world, turn, move.choice);
      return true;
    case 'late':
      startDialog(world, turn, move.dialog);
      replaceTop(turn, { node: move.node, tries: 1 });
      takeChoice(world, turn, move.choice);
      return true;
    case 'offered':
      addSlots(turn, { ...move.values, offered: move.dialog });
      leave(world, turn, 'offered');
      return true;
    case 'answered_early':
      keepForLater(world, turn, move.node, move.choice);
      return true;
    case 'start':
      startRequest(world, turn, move.dialog);
      return true;
    case 'clarify':
      clarify(world, turn, move.dialogs);
      return true;
    case 'fill':
      fill(world, turn, move.values, move.asWords);
      return true;
    case 'reopen':
      reopen(world, turn, move.values);
      return true;
    case 'miss':
      return miss(world, turn);
  }
}

function placeOf(turn: TurnDraft): string {
  const frame = turn.stack.at(-1);
  return frame === undefined ? '' : `${frame.dialog}/${frame.node}`;
}

function addSlots(turn: TurnDraft, slots: Slots = {}): void {
  replaceTop(turn, { slots: withSlots(topFrame(turn).slots, slots) });
}

/** The question will not be asked: its answer is known. */
function keepForLater(world: DialogWorld, turn: TurnDraft, node: string, { key }: DialogChoice): void {
  replaceTop(turn, { replay: { ...topFrame(turn).replay, [node]: `choice ${key}` } });
  turn.hasTold = true;
  sayWords(world, turn, ENGINE_DIALOGS.noted);
}

function repeat(turn: TurnDraft): boolean {
  if (turn.before.lastReplies.length === 0) {
    return true;
  }
  turn.replies.push(...turn.before.lastReplies);
  turn.provenance.push(...(turn.before.lastProvenance ?? []));
  turn.isRepeat = true;
  return false;
}

function help(world: DialogWorld, turn: TurnDraft): boolean {
  const frame = turn.stack.at(-1);
  const node = frame && nodeAt(world, frame);
  if (node?.kind === 'ask' && node.help.length > 0) {
    sayQuestion(world, turn, node.help);
    return false;
  }
  sayWords(world, turn, ENGINE_DIALOGS.help);
  return true;
}

/** The customer breaks off: what lies beneath goes on. */
function cancel(world: DialogWorld, turn: TurnDraft): boolean {
  sayWords(world, turn, ENGINE_DIALOGS.cancelled);
  const frame = startedFrame(turn.stack);
  if (frame !== undefined) {
    turn.stack.length = chainStart(turn.stack);
    comeBack(world, turn, frame.dialog, 'broken_off');
  }
  return true;
}

function startRequest(world: DialogWorld, turn: TurnDraft, dialog: string): void {
  const { understanding } = turn;
  if (dialog === ENGINE_DIALOGS.emergency && noteHurt(world, turn)) {
    return;
  }
  const isNoMonth = takesMonth(world, dialog) && namesNoMonth(understanding.utterance);
  if (isNoMonth) {
    sayWords(world, turn, ENGINE_DIALOGS.noSuchMonth);
  }
  const second = secondRequest(world, understanding, dialog);
  if (second !== undefined) {
    turn.pending = { dialog: second, slots: slotsIn(understanding, world.usedSlots.get(second) ?? []) };
  }
  const kept = requestOfClosing(world, turn, dialog);
  startDialog(world, turn, dialog, { ...kept, ...slotsIn(understanding, world.usedSlots.get(dialog) ?? []) });
  if (isNoMonth) {
    lackMonth(world, turn);
  }
  const answered = answeredByOpening(dialogNamed(world, dialog), understanding.utterance);
  if (topFrame(turn).dialog === dialog && !understanding.emergency) {
    replaceTop(turn, { replay: { ...topFrame(turn).replay, ...answered } });
  }
}

/** "Bao lâu" after "đổi tên hợp đồng" is a further question: what is to be changed is known still. */
function requestOfClosing(world: DialogWorld, { stack }: TurnDraft, dialog: string): Slots {
  const frame = stack.at(-1);
  const isSame = frame?.dialog === dialog && isClosing(nodeAt(world, frame));
  const text = isSame ? frame.slots['request_text'] : undefined;
  return text === undefined ? {} : { request_text: text };
}

function clarify(world: DialogWorld, turn: TurnDraft, dialogs: readonly string[]): void {
  const used = dialogs.flatMap((id) => [...(world.usedSlots.get(id) ?? [])]);
  startDialog(world, turn, ENGINE_DIALOGS.clarify, { ...slotsIn(turn.understanding, used), offers: dialogs.join(' ') });
}

/** The answer to the open question, something given early, or a correction that sets the dialog back. */
function fill(world: DialogWorld, turn: TurnDraft, values: Slots, asWords: string | undefined): void {
  const node = nodeAt(world, topFrame(turn));
  const asked = node.kind === 'ask' ? node.slots : [];
  const answer = asWords === undefined ? {} : answerOf(asked, values, asWords);
  const isAnswer = asWords !== undefined || asked.some((slot) => values[slot] !== undefined);
  remember(turn, { ...values, ...answer });
  turn.hasTold = !isAnswer && Object.keys(values).length > 0;
  const others = Object.fromEntries(Object.entries(values).filter(([slot]) => !asked.includes(slotOf(slot))));
  if (Object.keys(others).length > 0 && setBack(world, turn, others)) {
    return;
  }
  replaceTop(turn, { slots: withSlots(topFrame(turn).slots, { ...values, ...answer }) });
  if (turn.hasTold) {
    sayWords(world, turn, ENGINE_DIALOGS.noted);
  }
}

/** The whole answer is kept beside the value that was found in it; with no value found, it is the value. */
function answerOf(asked: readonly string[], values: Slots, words: string): Slots {
  const [slot = '', ...others] = asked;
  const isOther = values[slot] === undefined && others.some((each) => values[each] !== undefined);
  return isOther ? {} : { [slot]: values[slot] ?? words, [wordsSlot(slot)]: words };
}

function remember(turn: TurnDraft, values: Slots): void {
  if (isSharedLocation(turn.understanding)) {
    return;
  }
  const sound = turn.understanding.entities.filter((entity) => entity.problem === undefined).map((each) => each.value);
  const shared = Object.entries(values).filter(([slot, value]) => isShared(slot) && sound.includes(value));
  turn.known = { ...turn.known, ...Object.fromEntries(shared) };
}

/** Sets the outermost dialog that has used one of the values back to that step; what it called since is dropped. */
function setBack(world: DialogWorld, turn: TurnDraft, values: Slots): boolean {
  for (let index = chainStart(turn.stack); index < turn.stack.length; index += 1) {
    const frame = turn.stack[index];
    const back = frame && rewind(world, frame, values);
    if (back !== undefined) {
      turn.stack.splice(index, turn.stack.length, back);
      sayCorrected(world, turn, back);
      return true;
    }
  }
  return false;
}

function reopen(world: DialogWorld, turn: TurnDraft, values: Slots): void {
  if (turn.ended === undefined) {
    return;
  }
  const back = rewind(world, turn.ended, values);
  remember(turn, values);
  if (back === undefined) {
    startDialog(world, turn, turn.ended.dialog, values);
  } else {
    // "Còn xã Bến Lức thì sao" is about another place; "số này mới đúng" and "455 ngàn mới đúng" about the same ticket.
    const isSame = !Object.keys(values).some((slot) => OTHER_MATTERS.has(slotOf(slot))) || isMended(turn);
    const frame = isSame ? back : asAnother(back);
    turn.stack.push(frame);
    sayCorrected(world, turn, frame);
  }
}

/** Another one of these is another matter, unless it is said to put the first one right. */
const OTHER_MATTERS: ReadonlySet<string> = new Set(['place', 'customer_code', 'billing_period', 'compared_months']);

function isMended({ understanding: { utterance } }: TurnDraft): boolean {
  return isMending(utterance) || isDenial(utterance) || SAYS_RIGHT.test(foldWords(utterance));
}

/** Another place is another ticket: only what was chosen for it stays chosen. */
function asAnother(back: DialogFrame): DialogFrame {
  const chosen = Object.entries(back.replay ?? {}).filter(([, exit]) => exit.startsWith('choice '));
  return { ...back, slots: withSlots(back.slots, { [EARLIER_TICKET]: '' }), replay: Object.fromEntries(chosen) };
}

function sayCorrected(world: DialogWorld, turn: TurnDraft, { slots }: DialogFrame): void {
  const number = slots[EARLIER_TICKET];
  if (number === undefined) {
    sayWords(world, turn, ENGINE_DIALOGS.corrected);
  } else {
    sayWords(world, turn, ENGINE_DIALOGS.ticketCorrected, { ticket_number: number });
  }
}

/** First miss: the question again, with what may be answered. Second in a row: the way that the tree has for it. */
function miss(world: DialogWorld, turn: TurnDraft): boolean {
  turn.misses += 1;
  turn.missed = true;
  const frame = turn.stack.at(-1);
  const isSecond = turn.misses >= 2;
  if (frame === undefined) {
    turn.misses = isSecond ? 0 : turn.misses;
    startDialog(world, turn, isSecond ? ENGINE_DIALOGS.fallback : firstMissWords(turn));
    return true;
  }
  const node = nodeAt(world, frame);
  if (node.kind === 'ask' && !isSecond && (frame.asked?.[frame.node] ?? 0) < node.retry.times) {
    countAsking(turn);
    sayQuestion(world, turn, node.retry.say);
    return false;
  }
  if (node.kind === 'choose' && !isSecond) {
    if (node.again.length > 0) {
      countAsking(turn);
      sayQuestion(world, turn, node.again);
      return false;
    }
    sayWords(world, turn, ENGINE_DIALOGS.chooseAgain);
    return true;
  }
  turn.misses = 0;
  leave(world, turn, node.kind === 'ask' ? 'gave_up' : 'otherwise');
  return true;
}

/** A whole sentence about something else is told so; anything shorter may be a slip of the finger. */
function firstMissWords(turn: TurnDraft): string {
  const best = turn.understanding.alternatives[0];
  const isOutside = best?.intent === OUTSIDE_INTENT && best.confidence >= SURE_TO_BE_OUTSIDE;
  return isOutside && wordsBeside(turn.understanding) >= 4 ? ENGINE_DIALOGS.outOfScope : ENGINE_DIALOGS.notUnderstood;
}
