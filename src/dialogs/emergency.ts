import type { DialogFrame, DialogNode } from './dialog.ts';
import { type DialogWorld, dialogNamed } from './dialog-world.ts';
import { ENGINE_DIALOGS } from './engine-dialogs.ts';
import { slotsIn } from './fill-slots.ts';
import { choiceIn } from './match-choice.ts';
import { toldBefore } from './read-choice.ts';
import { renderWords } from './render-words.ts';
import type { Reply } from './reply.ts';
import { rewind } from './rewind.ts';
import type { Slots } from './run-action.ts';
import { EARLIER_TICKET } from './slots.ts';
import { chainStart, leaveClosing, sayWords, startDialog, visibleSlots } from './stack.ts';
import { replaceTop, type TurnDraft, topFrame } from './turn-draft.ts';

/** The value of the slot `injured` when somebody is. */
const HURT = 'có';
const WORDS_LENGTH = 80;

/**
 * Puts the emergency dialog on top, with what the utterance tells already. One that lies interrupted is gone on with,
 * after the safety words for what was told now.
 */
export function raiseEmergency(world: DialogWorld, turn: TurnDraft): void {
  if (noteHurt(world, turn)) {
    return;
  }
  const used = world.usedSlots.get(ENGINE_DIALOGS.emergency) ?? [];
  const wasOpen = turn.stack.some((frame) => frame.dialog === ENGINE_DIALOGS.emergency);
  startDialog(world, turn, ENGINE_DIALOGS.emergency, slotsIn(turn.understanding, used));
  if (wasOpen) {
    const { sets, replies } = safetyWords(world, turn);
    turn.replies.push(...replies);
    replaceTop(turn, { slots: { ...topFrame(turn).slots, ...sets } });
  }
}

/** "Ba tui ngất xỉu rồi" after the alarm went out: first aid first, and its ticket gets it noted; `false` for any other danger. */
export function noteHurt(world: DialogWorld, turn: TurnDraft): boolean {
  const told = hurtSinceAlarm(world, turn);
  if (told === undefined) {
    return false;
  }
  leaveClosing(world, turn);
  turn.stack.push(told);
  turn.replies.push(...safetyWords(world, turn).replies);
  sayWords(world, turn, ENGINE_DIALOGS.ticketCorrected, { ticket_number: told.slots[EARLIER_TICKET] ?? '' });
  return true;
}

/**
 * The dialog of the alarm that went out, set back to its ticket, with the injured told. None where another place is
 * named, or the talk has been of something else since.
 */
function hurtSinceAlarm(world: DialogWorld, turn: TurnDraft): DialogFrame | undefined {
  const { ended, topic, understanding } = turn;
  const isOfAlarm = ended?.dialog === ENGINE_DIALOGS.emergency && topic?.dialog === ended.dialog;
  if (!isOfAlarm || slotsIn(understanding, ['place'])['place'] !== undefined) {
    return undefined;
  }
  const dialog = dialogNamed(world, ended.dialog);
  const early = toldBefore(dialog, understanding.utterance).map(([, choice]) => choice);
  const asked = Object.values(dialog.nodes).flatMap((node) =>
    node.kind === 'choose' && node.by === 'customer' ? (choiceIn(understanding.utterance, node.choices) ?? []) : [],
  );
  const isHurt = [...early, ...asked].some(({ sets }) => sets['injured'] === HURT);
  const danger = dangersOf(ended, safetyWords(world, turn).sets);
  // The crew reads how he is, in the words that told it.
  const injured = `${HURT} (${understanding.utterance.trim().slice(0, WORDS_LENGTH)})`;
  const back = isHurt ? rewind(world, ended, { injured, danger }) : undefined;
  return back?.slots[EARLIER_TICKET] === undefined ? undefined : back;
}

/** The danger that was told before stays told. */
function dangersOf({ slots: { danger: before = '' } }: DialogFrame, { danger = '' }: Slots): string {
  return before.includes(danger) ? before : [before, danger].filter(Boolean).join('; ');
}

export function isInEmergency(turn: TurnDraft): boolean {
  return turn.stack.slice(chainStart(turn.stack)).some((frame) => frame.dialog === ENGINE_DIALOGS.emergency);
}

/** A danger of another kind turns up while the emergency dialog is open: its safety words come first. */
export function warnOfNewDanger(world: DialogWorld, turn: TurnDraft): void {
  const { sets, replies } = safetyWords(world, turn);
  const frame = topFrame(turn);
  const isNew = Object.entries(sets).some(([slot, value]) => frame.slots[slot] !== value);
  if (isNew) {
    turn.isWarned = true;
    turn.replies.push(...replies);
    replaceTop(turn, { slots: { ...frame.slots, ...sets } });
  }
}

/** The safety words for an utterance: the way through the emergency dialog up to its first question. */
export function safetyWords(world: DialogWorld, turn: TurnDraft): { sets: Slots; replies: readonly Reply[] } {
  const { nodes, first } = dialogNamed(world, ENGINE_DIALOGS.emergency);
  const replies: Reply[] = [];
  let sets: Slots = {};
  let node: DialogNode | undefined = nodes[first];
  for (const seen = new Set<DialogNode>(); node !== undefined && !seen.has(node); ) {
    seen.add(node);
    if (node.kind === 'say') {
      replies.push(...renderWords(world, { ...node, choices: [] }, visibleSlots(world, turn, undefined)));
      node = nodes[node.next];
    } else if (node.kind === 'choose' && node.by === 'words') {
      const choice = choiceIn(turn.understanding.utterance, node.choices);
      sets = { ...sets, ...choice?.sets };
      node = nodes[choice?.next ?? node.otherwise];
    } else {
      break;
    }
  }
  return { sets, replies };
}
