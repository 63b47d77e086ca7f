import type { DialogNode } from './dialog.ts';
import { type DialogWorld, dialogNamed } from './dialog-world.ts';
import { ENGINE_DIALOGS } from './engine-dialogs.ts';
import { slotsIn } from './fill-slots.ts';
import { choiceIn } from './match-choice.ts';
import { renderWords } from './render-words.ts';
import type { Reply } from './reply.ts';
import type { Slots } from './run-action.ts';
import { chainStart, startDialog, visibleSlots } from './stack.ts';
import { replaceTop, type TurnDraft, topFrame } from './turn-draft.ts';

/**
 * Puts the emergency dialog on top, with what the utterance tells already. One that lies interrupted is gone on with,
 * after the safety words for what was told now.
 */
export function raiseEmergency(world: DialogWorld, turn: TurnDraft): void {
  const used = world.usedSlots.get(ENGINE_DIALOGS.emergency) ?? [];
  const wasOpen = turn.stack.some((frame) => frame.dialog === ENGINE_DIALOGS.emergency);
  startDialog(world, turn, ENGINE_DIALOGS.emergency, slotsIn(turn.understanding, used));
  if (wasOpen) {
    const { sets, replies } = safetyWords(world, turn);
    turn.replies.push(...replies);
    replaceTop(turn, { slots: { ...topFrame(turn).slots, ...sets } });
  }
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
