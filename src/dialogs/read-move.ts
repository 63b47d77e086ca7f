import { detectDataRequest } from '../nlu/detect-data-request.ts';
import { speaksEnglish } from '../nlu/detect-english.ts';
import { detectStopWord } from '../nlu/detect-stop-word.ts';
import { detectTicketQuestion } from '../nlu/detect-ticket-question.ts';
import { isMapLink, isSharedLocation } from '../nlu/shared-location.ts';
import { readShortAnswer } from '../nlu/short-answer.ts';
import type { Understanding } from '../nlu/understanding.ts';
import { isBareAddress } from './address-words.ts';
import { isClosing, isToldAnew, mends } from './after-told.ts';
import { backTo } from './back-to.ts';
import { asksForDigits } from './code-asked.ts';
import type { DialogNode } from './dialog.ts';
import { type DialogWorld, nodeAt } from './dialog-world.ts';
import {
  CANCEL_INTENT,
  ENGINE_DIALOGS,
  GREETING_INTENT,
  HUMAN_INTENT,
  OUTSIDE_INTENT,
  SCAM_INTENT,
  THANKS_INTENT,
} from './engine-dialogs.ts';
import { isOnlyValues, sharedSlotsIn, wordsBeside } from './fill-slots.ts';
import { foldWords } from './fold-words.ts';
import { asksOn } from './follow-up.ts';
import { readLaterAnswer } from './later-answer.ts';
import { matchLabel } from './match-choice.ts';
import type { Move, Standing } from './move.ts';
import { newValues, valuesOfEnded } from './new-values.ts';
import { readNoSuchMonth } from './no-such-month.ts';
import { claimsOthersData } from './others-claim.ts';
import { choiceForValues, choiceToCome, offeredChoices, offersAt, readChoice, readValue } from './read-choice.ts';
import { requestOf } from './request-of.ts';
import type { Slots } from './run-action.ts';
import { SLOTS } from './slots.ts';
import { chainStart } from './stack.ts';
import { startedBeforeAll, startedByWords } from './started-by-words.ts';
import { namesStrangeAddress } from './strange-address.ts';
import { beginsMending, isDenial, toldByWords } from './told-by-words.ts';
import type { TurnDraft } from './turn-draft.ts';

/** How sure a request must be to interrupt an open question; more so where any words may be the answer. */
const SURE_BESIDE_A_QUESTION = 0.6;
const SURE_BESIDE_ANY_WORDS = 0.8;
const SURE_BESIDE_ITS_ANSWER = 0.9;
/** A story may touch on anything: only a plain request ends it. */
const SURE_BESIDE_A_STORY = 0.95;
/** Alternatives less likely than this are not worth asking about. */
const WORTH_ASKING = 0.15;

/** Nobody chooses these from a list. */
const NOT_OFFERED: ReadonlySet<string> = new Set([OUTSIDE_INTENT, GREETING_INTENT, THANKS_INTENT]);
/** Short answers that ask for nothing when no question is open. */
const NODS: ReadonlySet<string> = new Set(['yes', 'no', 'unknown']);

export function readMove(world: DialogWorld, turn: TurnDraft, tapped: string | undefined): Move {
  const at = standing(world, turn);
  return tapped === undefined ? readTyped(world, turn, at) : readValue(world, turn, at, tapped);
}

function standing(world: DialogWorld, turn: TurnDraft): Standing | undefined {
  const frame = turn.stack.at(-1);
  return frame && { frame, node: nodeAt(world, frame), chain: turn.stack.slice(chainStart(turn.stack)) };
}

function readTyped(world: DialogWorld, turn: TurnDraft, at: Standing | undefined): Move {
  const { understanding } = turn;
  if (understanding.emergency && !isInEmergency(at)) {
    return { kind: 'emergency' };
  }
  if (turn.isProvedAgain && !(at !== undefined && asksForDigits(at.node))) {
    return { kind: 'proved_again' };
  }
  if (isSharedLocation(understanding) && !takesPlace(world, at)) {
    return { kind: 'start', dialog: ENGINE_DIALOGS.locationReceived };
  }
  const noMonth = readNoSuchMonth(world, at, understanding.utterance);
  if (noMonth !== undefined) {
    return noMonth;
  }
  const values = at === undefined ? {} : newValues(world, understanding, at);
  const isAnswer = at?.node.kind === 'ask' && at.node.slots.some((slot) => values[slot] !== undefined);
  if (at !== undefined && mends(world, turn, at, values)) {
    return { kind: 'fill', values };
  }
  if (isMapLink(understanding.utterance)) {
    return { kind: 'map_link' };
  }
  const inEnglish = isAnswer ? undefined : readEnglish(understanding, at);
  if (inEnglish !== undefined) {
    return { kind: 'start', dialog: inEnglish };
  }
  const scamCheck = asksAboutSite(world, understanding, at);
  if (scamCheck !== undefined) {
    return { kind: 'start', dialog: scamCheck };
  }
  if (detectDataRequest(understanding.utterance) && !isOpen(at, ENGINE_DIALOGS.dataRequest)) {
    return { kind: 'start', dialog: ENGINE_DIALOGS.dataRequest };
  }
  if (asksForTicket(understanding, at)) {
    return { kind: 'start', dialog: ENGINE_DIALOGS.requestStatus };
  }
  if (wantsNoMore(turn, at)) {
    return { kind: 'start', dialog: ENGINE_DIALOGS.noticeStop };
  }
  const label = matchLabel(understanding.utterance, offeredChoices(world, turn, at));
  return (
    (label && readValue(world, turn, at, label.value)) ??
    (isAnswer
      ? undefined
      : (withToldValues(readChoice(world, turn, at), at, values) ?? readCommand(world, understanding, at))) ??
    (at === undefined ? readWithNothingOpen(world, turn) : readInDialog(world, turn, at, values, isAnswer))
  );
}

/** The words for somebody who writes English: what can be done, or beside an open question how he can go on. */
function readEnglish(understanding: Understanding, at: Standing | undefined): string | undefined {
  const { inEnglish, englishAside } = ENGINE_DIALOGS;
  const isTold = isOpen(at, inEnglish) || isOpen(at, englishAside) || (at !== undefined && isStory(at.node));
  if (isTold || !isForEnglishWords(understanding)) {
    return undefined;
  }
  return at === undefined || isClosing(at.node) ? inEnglish : englishAside;
}

/** Who asks for a person gets one, in any language. */
function isForEnglishWords({ utterance, decision, intent }: Understanding): boolean {
  return speaksEnglish(utterance) && !(decision === 'accept' && intent === HUMAN_INTENT);
}

/** In a story that is being told it would be part of it, and danger goes first. */
function asksForTicket({ utterance }: Understanding, at: Standing | undefined): boolean {
  return detectTicketQuestion(utterance) && !isInEmergency(at) && !(at !== undefined && isStory(at.node));
}

/**
 * "Gửi qua email lan@…" chooses, and tells the address that would be asked for next. Once the work is done, what is named
 * anew is what is meant: "sao tháng 10 cao vậy" after the bills of a year.
 */
function withToldValues(move: Move | undefined, at: Standing | undefined, values: Slots): Move | undefined {
  if (move?.kind !== 'choose' || at === undefined) {
    return move;
  }
  const isNewRound = isClosing(at.node);
  const told = Object.entries(values).filter(([slot]) => isNewRound || at.frame.slots[slot] === undefined);
  return told.length === 0 ? move : { ...move, values: Object.fromEntries(told) };
}

/** A bare stop word; to a question that waits for its answer it breaks off what is being done, and no more. */
function wantsNoMore({ understanding, isAfterNotice }: TurnDraft, at: Standing | undefined): boolean {
  const word = detectStopWord(understanding.utterance);
  const isAsked = at !== undefined && !isClosing(at.node);
  return (word === 'bare' && (isAfterNotice || !isAsked)) || (word === 'ambiguous' && isAfterNotice);
}

/** A site that may be anybody's is looked at first, whatever else its name sounds like. */
function asksAboutSite(world: DialogWorld, { utterance }: Understanding, at: Standing | undefined): string | undefined {
  const dialog = world.byIntent.get(SCAM_INTENT);
  const isFree = at === undefined || (isClosing(at.node) && !isOpen(at, dialog ?? ''));
  return isFree && namesStrangeAddress(utterance) ? dialog : undefined;
}

function takesPlace(world: DialogWorld, at: Standing | undefined): boolean {
  return at?.chain.some(({ dialog }) => world.usedSlots.get(dialog)?.has('place')) === true;
}

function isInEmergency(at: Standing | undefined): boolean {
  return isOpen(at, ENGINE_DIALOGS.emergency);
}

function isOpen(at: Standing | undefined, dialog: string): boolean {
  return at?.chain.some((frame) => frame.dialog === dialog) === true;
}

function readCommand(world: DialogWorld, understanding: Understanding, at: Standing | undefined): Move | undefined {
  const answer = readShortAnswer(understanding.utterance);
  if (answer?.kind === 'repeat' || answer?.kind === 'help') {
    return { kind: answer.kind };
  }
  if (understanding.decision !== 'accept') {
    return undefined;
  }
  if (understanding.intent === HUMAN_INTENT) {
    const isPartOfStory = at !== undefined && isStory(at.node) && understanding.confidence < SURE_BESIDE_A_STORY;
    return isPartOfStory ? undefined : { kind: 'handoff' };
  }
  if (understanding.intent !== CANCEL_INTENT) {
    return undefined;
  }
  const back = backTo(world, understanding.utterance);
  return back === undefined ? { kind: 'cancel' } : { kind: 'start', dialog: back };
}

function readInDialog(world: DialogWorld, turn: TurnDraft, at: Standing, values: Slots, isAnswer: boolean): Move {
  const { understanding } = turn;
  // A bare code or date is a value for the open dialog, whatever it would ask for by itself.
  const isBare = Object.keys(values).length > 0 && isOnlyValues(understanding);
  const told = isBare ? undefined : asksAround(world, turn, at);
  if (told !== undefined) {
    return { kind: 'start', dialog: told };
  }
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
  const asWords = takesWords(turn, at.node, isAnswer ? {} : values) ? answerInWords(understanding) : undefined;
  if (asWords !== undefined) {
    const early = isAnswer || isStory(at.node) ? undefined : choiceToCome(world, at, asWords);
    return early ?? { kind: 'fill', values, asWords };
  }
  if (Object.keys(values).length > 0) {
    return withValues(world, at, values);
  }
  return (
    readLaterAnswer(world, turn, at) ??
    (isSame && request !== undefined ? sameAgain(at, request) : readOtherwise(world, turn, at))
  );
}

function sameAgain(at: Standing, request: string): Move {
  return isClosing(at.node) ? { kind: 'start', dialog: request } : { kind: 'fill', values: {} };
}

/** "Bình oxy chỉ còn 1 tiếng" while an outage is reported belongs to the report: nothing is explained instead. */
function isAboutPriority(world: DialogWorld, at: Standing): boolean {
  return !isClosing(at.node) && at.chain.some((frame) => world.usedSlots.get(frame.dialog)?.has('priority_reason'));
}

/** What is neither a value nor a request may begin something by its words, or leave a doubt. */
function readOtherwise(world: DialogWorld, turn: TurnDraft, at: Standing): Move {
  const { understanding } = turn;
  const heard = isAboutPriority(world, at) ? undefined : startedByWords(world, turn);
  return heard === undefined ? clarifyOrMiss(world, understanding, at) : { kind: 'start', dialog: heard };
}

/** A further question about what was told, or about what is still waited for beneath it. */
function asksAround(world: DialogWorld, turn: TurnDraft, at: Standing): string | undefined {
  return startedBeforeAll(world, turn) ?? asksOn(world, turn, at);
}

/** Values for a question that only offers something: they may say by themselves which of it is wanted. */
function withValues(world: DialogWorld, at: Standing, values: Slots): Move {
  const offers = offersAt(at);
  const taking = offers.filter((id) => Object.keys(values).some((slot) => world.usedSlots.get(id)?.has(slot)));
  const [offer, ...others] = offers.length === 1 ? offers : taking;
  if (offer !== undefined && others.length === 0) {
    return { kind: 'offered', dialog: offer, values };
  }
  const choice = choiceForValues(world, at, values);
  return choice === undefined ? { kind: 'fill', values } : { kind: 'choose', choice, values };
}

/** An answer with a request around it: "nhà PB… có lịch cúp điện không" while the code was asked for something else. */
function asksForAnother(world: DialogWorld, understanding: Understanding, node: DialogNode, request: string): boolean {
  const used = world.usedSlots.get(request);
  const asked = node.kind === 'ask' ? node.slots : [];
  const isSure = understanding.confidence >= SURE_BESIDE_ITS_ANSWER;
  return isSure && wordsBeside(understanding) >= 3 && asked.some((slot) => used?.has(slot));
}

/** "Gửi chỉ số 4521 mã PB…" asks for something by what it hands over; a bare code does not. */
function asksByValues({ decision, entities }: Understanding): boolean {
  return decision === 'accept' && entities.some(({ type }) => type === 'meter_index');
}

function readWithNothingOpen(world: DialogWorld, turn: TurnDraft): Move {
  const { understanding, ended } = turn;
  if (ended !== undefined) {
    const mended = toldByWords(world, ended, understanding.utterance);
    const values = { ...mended, ...valuesOfEnded(world, understanding, ended) };
    const isMended = Object.keys(mended).length > 0 || isDenial(understanding.utterance);
    if (isMended && Object.keys(values).length > 0) {
      return { kind: 'reopen', values };
    }
  }
  const isCode = sharedSlotsIn(understanding)['customer_code'] !== undefined;
  if (isCode && isOnlyValues(understanding) && ended === undefined && !asksByValues(understanding)) {
    return { kind: 'start', dialog: ENGINE_DIALOGS.codeGiven };
  }
  if (isBareAddress(understanding)) {
    return { kind: 'start', dialog: ENGINE_DIALOGS.locationReceived };
  }
  const request = asksOn(world, turn, undefined) ?? requestOf(world, understanding);
  const isNothingElse = request === undefined || understanding.intent === GREETING_INTENT;
  const dialog = (isNothingElse ? startedByWords(world, turn) : undefined) ?? request;
  if (dialog !== undefined) {
    // Nobody gets an SMS because a stranger says what he is.
    const isRefused = world.usedSlots.get(dialog)?.has('otp') === true && claimsOthersData(understanding.utterance);
    return { kind: 'start', dialog: isRefused ? ENGINE_DIALOGS.othersData : dialog };
  }
  const isNod = NODS.has(readShortAnswer(understanding.utterance)?.kind ?? '');
  if (isNod) {
    return { kind: 'nod' };
  }
  if (ended !== undefined && wordsBeside(understanding) <= 6) {
    const values = valuesOfEnded(world, understanding, ended);
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
  const takesWords = node.kind === 'ask' && node.anyWords;
  const leastBesideWords = isStory(node) ? SURE_BESIDE_A_STORY : SURE_BESIDE_ANY_WORDS;
  const least = takesWords ? leastBesideWords : SURE_BESIDE_A_QUESTION;
  return understanding.confidence >= least ? requestOf(world, understanding) : undefined;
}

/** Asks for the customer's own words and nothing else. */
function isStory(node: DialogNode): boolean {
  return node.kind === 'ask' && node.anyWords && node.slots.every((slot) => SLOTS[slot]?.entities.length === 0);
}

function clarifyOrMiss(world: DialogWorld, understanding: Understanding, at: Standing | undefined): Move {
  if (understanding.decision === 'reject' || isInEmergency(at)) {
    return { kind: 'miss' };
  }
  const open = new Set(at?.chain.map((frame) => frame.dialog));
  const likely = understanding.alternatives.filter(
    ({ intent, confidence }) => confidence >= WORTH_ASKING && !NOT_OFFERED.has(intent),
  );
  const [best] = understanding.alternatives;
  // "Tệ lắm luôn á" to what a complaint has told is no other request.
  if (at !== undefined && isClosing(at.node) && open.has(world.byIntent.get(best?.intent ?? '') ?? '')) {
    return { kind: 'miss' };
  }
  const served = [...new Set(likely.flatMap(({ intent }) => world.byIntent.get(intent) ?? []))];
  const others = served.filter((id) => !open.has(id));
  // One doubtful guess is no reason to leave a question that waits for its answer.
  const least = at?.node.kind === 'ask' ? 2 : 1;
  // "Ok cảm ơn, chị muốn chấm dứt hợp đồng luôn": thanks beside a request leave no doubt about it.
  const [only, ...more] = others;
  if (only !== undefined && more.length === 0 && isThanked(understanding)) {
    return { kind: 'start', dialog: only };
  }
  // What has done its work may be meant anew: beside something else it is offered, too.
  const offered = at !== undefined && isClosing(at.node) ? served : others;
  return others.length < least ? { kind: 'miss' } : { kind: 'clarify', dialogs: offered.slice(0, 3) };
}

function isThanked({ alternatives }: Understanding): boolean {
  return alternatives.some(({ intent, confidence }) => intent === THANKS_INTENT && confidence >= WORTH_ASKING);
}

/** "À nhầm, qua Vietcombank" mends what was told before: it is no answer to "how much was it?". */
function takesWords({ isWarned, understanding }: TurnDraft, node: DialogNode, others: Slots): boolean {
  const hasOthers = Object.keys(others).length > 0;
  const isMended = hasOthers && beginsMending(understanding.utterance);
  // A bare code or phone tells no story.
  const isNoStory = hasOthers && isStory(node) && isOnlyValues(understanding);
  return node.kind === 'ask' && node.anyWords && !isWarned && !isMended && !isNoStory;
}

function answerInWords(understanding: Understanding): string | undefined {
  const words = understanding.utterance.trim();
  return foldWords(words).length >= 2 ? words : undefined;
}
