import { deniesDanger } from '../nlu/detect-emergency.ts';
import { DANGER_INTENT } from '../nlu/understand.ts';
import type { Understanding } from '../nlu/understanding.ts';
import { type Dialog, type DialogChoice, type DialogNode, isEnd, STOP } from './dialog.ts';
import { type DialogWorld, dialogNamed } from './dialog-world.ts';
import { CANCEL_INTENT, ENGINE_DIALOGS } from './engine-dialogs.ts';
import { wordsBeside } from './fill-slots.ts';
import { foldWords, hasWords } from './fold-words.ts';
import { matchLabel, matchTyped, type OfferedChoice, visibleChoices } from './match-choice.ts';
import type { Move, Standing } from './move.ts';
import { choiceValue, START } from './render-words.ts';
import type { Slots } from './run-action.ts';
import { choicesAt } from './run-node.ts';
import { SHARED_PLACE, SLOTS } from './slots.ts';
import type { TurnDraft } from './turn-draft.ts';

/** The key of the choice with which somebody takes an alarm back. */
const NO_DANGER = 'no-danger';

/** A button's value. It may be an old one: its question need not be open any more. */
export function readValue(world: DialogWorld, turn: TurnDraft, at: Standing | undefined, value: string): Move {
  const choice = at && choicesOf(at.node).find((each) => choiceValue(at.frame.dialog, at.frame.node, each) === value);
  if (choice !== undefined) {
    return { kind: 'choose', choice };
  }
  if (value.startsWith(START)) {
    return startOrOffered(world, at, value.slice(START.length));
  }
  const sharedPlace = turn.known[SHARED_PLACE];
  if (value === SHARED_PLACE && sharedPlace !== undefined && at?.node.kind === 'ask') {
    return { kind: 'fill', values: { place: sharedPlace } };
  }
  const isShown = visibleChoices(turn.before.lastReplies).some((each) => each.value === value);
  if (at?.node.kind === 'ask' && isShown && isListed(value)) {
    return { kind: 'fill', values: { [at.node.slots[0] ?? '']: value } };
  }
  return lateChoice(world, value) ?? { kind: 'old_button' };
}

/** A value that an action has listed (a code, "Tân Phú / Đồng Nai"), and not the button of a node. */
function isListed(value: string): boolean {
  return !/\S\/\S/.test(value);
}

function lateChoice(world: DialogWorld, value: string): Move | undefined {
  const [dialog = '', name = ''] = value.split('/');
  const node = world.dialogs.get(dialog)?.nodes[name];
  const isLasting = node?.kind === 'choose' && node.lasting;
  const choice = isLasting ? node.choices.find((each) => choiceValue(dialog, name, each) === value) : undefined;
  return choice && { kind: 'late', dialog, node: name, choice };
}

function startOrOffered(world: DialogWorld, at: Standing | undefined, dialog: string): Move {
  if (!world.dialogs.has(dialog)) {
    return { kind: 'old_button' };
  }
  if (dialog === ENGINE_DIALOGS.handoff) {
    return { kind: 'handoff' };
  }
  return offersAt(at).includes(dialog) ? { kind: 'offered', dialog } : { kind: 'start', dialog };
}

/** The dialogs that the open question offers. */
export function offersAt(at: Standing | undefined): readonly string[] {
  const isOffering = at?.node.kind === 'choose' && at.node.offers;
  return isOffering ? (at.frame.slots['offers'] ?? '').split(' ').filter(Boolean) : [];
}

/** The label, number or words of a button that the customer sees. */
export function readChoice(world: DialogWorld, turn: TurnDraft, at: Standing | undefined): Move | undefined {
  const { understanding } = turn;
  const offered = offeredChoices(world, turn, at);
  const typed = isOnlyPlace(understanding)
    ? matchLabel(understanding.utterance, offered)
    : (noDanger(understanding, offered) ?? matchTyped(understanding.utterance, offered));
  if (typed !== undefined && !takesBack(understanding, typed.choice) && !isStillDanger(understanding, typed.choice)) {
    return readValue(world, turn, at, typed.value);
  }
  const intent = understanding.decision === 'accept' ? understanding.intent : undefined;
  const meant = at && choicesOf(at.node).find((choice) => choice.intent !== undefined && choice.intent === intent);
  return meant && { kind: 'choose', choice: meant };
}

/** "Không thấy dây đứt gì hết" to "is there any danger?" names what is not there. */
function noDanger(
  { emergency, utterance }: Understanding,
  offered: readonly OfferedChoice[],
): OfferedChoice | undefined {
  const isAskedAbout = !emergency && offered.some(({ choice }) => choice?.intent === DANGER_INTENT);
  return isAskedAbout && deniesDanger(utterance) ? offered.find(({ choice }) => choice?.answer === 'no') : undefined;
}

/** "Cần Đước" without its marks is "cần được", too: somebody who says where says no "yes". */
function isOnlyPlace(understanding: Understanding): boolean {
  return understanding.entities.some(({ type }) => type === 'place') && wordsBeside(understanding) === 0;
}

/** "Thôi không báo nữa" to "is there any danger?" is no "no" that goes on with the report. */
function takesBack(understanding: Understanding, choice: DialogChoice | undefined): boolean {
  const isCancel = understanding.decision === 'accept' && understanding.intent === CANCEL_INTENT;
  const goesOn = choice !== undefined && !isEnd(choice.next) && choice.next !== STOP;
  const isNo = goesOn && choice.answer === 'no' && wordsBeside(understanding) >= 2;
  return isCancel && isNo && !isItsWords(understanding.utterance, choice);
}

/** "Không phải chỉ mất điện, dây đứt nằm giữa đường" takes no alarm back. */
function isStillDanger({ emergency }: Understanding, choice: DialogChoice | undefined): boolean {
  return emergency && choice?.key === NO_DANGER;
}

const POLITENESS = /^(?:da|u|uh|ko sao) | (?:a|em|anh|chi|ban|nhe|nha|dau)(?= |$)/g;

/** "Không cần" to "your phone number?", where these are words of the button that goes on without. */
function isItsWords(utterance: string, { words }: DialogChoice): boolean {
  return words.includes(foldWords(utterance).replaceAll(POLITENESS, '').trim());
}

export function offeredChoices(
  world: DialogWorld,
  turn: TurnDraft,
  at: Standing | undefined,
): readonly OfferedChoice[] {
  const shown = visibleChoices(turn.before.lastReplies);
  if (at === undefined) {
    return shown.filter((each) => each.value.startsWith(START));
  }
  const own = choicesOf(at.node);
  const here = choicesAt(world, turn, at.frame, 'all').map((each): OfferedChoice => {
    const choice = own.find((one) => choiceValue(at.frame.dialog, at.frame.node, one) === each.value);
    return choice === undefined ? each : { ...each, choice };
  });
  // A list that an action showed stands above the buttons of the question itself, and is numbered first.
  const listed = at.node.kind === 'ask' ? shown.filter((each) => isListed(each.value)) : [];
  return [...listed, ...here];
}

function choicesOf(node: DialogNode): readonly DialogChoice[] {
  return node.kind === 'ask' || node.kind === 'choose' ? node.choices : [];
}

/** The only choice that leads to a question which these values answer: "PB0601…" to "shall I look at your contract?". */
export function choiceForValues(world: DialogWorld, at: Standing, values: Slots): DialogChoice | undefined {
  const { nodes } = dialogNamed(world, at.frame.dialog);
  const isOffering = at.node.kind === 'choose' && at.node.closing;
  const found = isOffering ? at.node.choices.filter(({ next }) => isAnswered(afterWords(nodes, next), values)) : [];
  return found.length === 1 ? found[0] : undefined;
}

/** The question to which a node leads that asks nothing itself. */
function afterWords(nodes: Dialog['nodes'], name: string): DialogNode | undefined {
  const node = nodes[name];
  return node?.kind === 'choose' && node.by === 'words' ? nodes[node.otherwise] : node;
}

/** "So với tháng 8" is the button "so với tháng khác" and the answer to what it would ask. */
export function leadsToAnswered(world: DialogWorld, at: Standing, move: Move | undefined, values: Slots): boolean {
  const next = move?.kind === 'choose' ? dialogNamed(world, at.frame.dialog).nodes[move.choice.next] : undefined;
  return next?.kind === 'ask' && next.slots.some((slot) => values[slot] !== undefined);
}

/** "Sao tháng 10 cao vậy" is the button "vì sao", whose dialog takes the month along. */
export function goesAlong(world: DialogWorld, move: Move | undefined, values: Slots): boolean {
  const used = move?.kind === 'choose' ? world.usedSlots.get(move.choice.next) : undefined;
  const takes = new Set([...(used ?? [])].flatMap((slot) => SLOTS[slot]?.entities ?? []));
  return Object.keys(values).some((slot) => SLOTS[slot]?.entities.some((type) => takes.has(type)));
}

function isAnswered(node: DialogNode | undefined, values: Slots): boolean {
  return node?.kind === 'ask' && !node.anew && node.slots.some((slot) => values[slot] !== undefined);
}

/** The questions of a dialog that the words which begin it have answered already. */
export function answeredByOpening(dialog: Dialog, utterance: string): Readonly<Record<string, string>> {
  const text = foldWords(utterance);
  const isSafe = deniesDanger(utterance);
  const answers = Object.entries(dialog.nodes).flatMap(([name, node]) => {
    const choices = node.kind === 'choose' && node.early ? node.choices : [];
    const choice = choices.some(({ intent }) => intent === DANGER_INTENT)
      ? choices.find(({ answer }) => isSafe && answer === 'no')
      : choices.find((each) => each.words.some((words) => tells(text, words)));
    return choice === undefined ? [] : [[name, `choice ${choice.key}`]];
  });
  return Object.fromEntries(answers);
}

/** The questions of a dialog that any of its messages answers before they are asked: "có người bị điện giật". */
export function toldBefore({ nodes }: Dialog, utterance: string): readonly (readonly [string, DialogChoice])[] {
  const text = foldWords(utterance);
  return Object.entries(nodes).flatMap(([name, node]) => {
    const choice = choicesOf(node).findLast(({ toldBy = [] }) => toldBy.some((words) => hasWords(text, words)));
    return choice === undefined ? [] : [[name, choice] as const];
  });
}

/** A choice of a later question of the same dialog: "cả xóm luôn" while the address is asked for. */
export function choiceToCome(world: DialogWorld, { frame }: Standing, utterance: string): Move | undefined {
  const text = foldWords(utterance);
  const been = new Set([frame.node, ...(frame.trail ?? []).map((step) => step.node)]);
  for (const [name, node] of Object.entries(dialogNamed(world, frame.dialog).nodes)) {
    const isKnown = been.has(name) || frame.replay?.[name] !== undefined;
    const isToCome = node.kind === 'choose' && node.by === 'customer' && !node.closing && !isKnown;
    const choice = isToCome ? node.choices.find((each) => each.words.some((words) => tells(text, words))) : undefined;
    if (choice !== undefined) {
      return { kind: 'answered_early', node: name, choice };
    }
  }
  return undefined;
}

/** Two words or more: a single one may stand in any address. */
function tells(text: string, words: string): boolean {
  return words.includes(' ') && hasWords(text, words);
}
