import { ACTIONS, NOT_VERIFIED } from './actions.ts';
import type { DialogFrame, DialogNode, TrailStep } from './dialog.ts';
import { type DialogWorld, dialogNamed, slotsUsedBy } from './dialog-world.ts';
import type { Slots } from './run-action.ts';
import { EARLIER_TICKET, withSlots } from './slots.ts';

/** The outcomes of an action that opens a ticket, or puts it right. */
const OPENED: readonly string[] = ['opened', 'corrected'];
/** The outcome of a dialog that is called for its own sake, such as the offer of an SMS. */
const DONE = 'done';

/**
 * The frame set back to the step that depends on these values; `undefined` when none has depended on them yet. A ticket
 * that was opened since is not opened again: it becomes the `earlier_ticket`, which the new round puts right.
 */
export function rewind(world: DialogWorld, frame: DialogFrame, values: Slots): DialogFrame | undefined {
  const trail = frame.trail ?? [];
  const nodes = dialogNamed(world, frame.dialog).nodes;
  const index = stepDependingOn(world, nodes, trail, Object.keys(values));
  const step = trail[index];
  if (step === undefined) {
    return undefined;
  }
  const undone = trail.slice(index);
  const names = new Set(undone.map((each) => each.node));
  const stale = undone.flatMap((each) => slotsSetBy(nodes[each.node]));
  const others = otherAnswers(nodes[step.node], values);
  return {
    dialog: frame.dialog,
    node: step.node,
    // The new value answers the question: it is not asked anew.
    tries: nodes[step.node]?.kind === 'ask' ? 1 : 0,
    ...(frame.called === undefined ? {} : { called: frame.called }),
    slots: withSlots(frame.slots, {
      ...Object.fromEntries([...stale, ...others].map((slot) => [slot, ''])),
      ...openedTicket(frame, undone),
      ...values,
    }),
    trail: trail.slice(0, index),
    asked: Object.fromEntries(Object.entries(frame.asked ?? {}).filter(([node]) => !names.has(node))),
    replay: Object.fromEntries(
      undone
        .filter((each) => each.exit.startsWith('choice ') || isDoneWith(world, nodes[each.node], each, values))
        .map((each) => [each.node, each.exit]),
    ),
  };
}

/**
 * The first step of the newest round that used one of the slots; a closing question begins a new round. Steps that
 * were refused for want of identity have used nothing.
 */
function stepDependingOn(
  world: DialogWorld,
  nodes: Readonly<Record<string, DialogNode>>,
  trail: readonly TrailStep[],
  slots: readonly string[],
): number {
  let found = -1;
  let isNewRound = true;
  trail.forEach((step, index) => {
    const node = nodes[step.node];
    if (node?.kind === 'choose' && node.closing) {
      isNewRound = true;
      return;
    }
    const uses = node !== undefined && usesOf(world, node).some((slot) => slots.includes(slot));
    if (uses && isNewRound && step.exit !== NOT_VERIFIED) {
      found = index;
      isNewRound = false;
    }
  });
  return found;
}

/** What was offered and answered has nothing to do with these values: it is not offered again. */
function isDoneWith(world: DialogWorld, node: DialogNode | undefined, { exit }: TrailStep, values: Slots): boolean {
  const isCalled = node?.kind === 'do' && world.dialogs.has(node.does) && exit === DONE;
  return isCalled && !usesOf(world, node).some((slot) => values[slot] !== undefined);
}

function usesOf(world: DialogWorld, node: DialogNode): readonly string[] {
  return node.kind === 'do' && world.dialogs.has(node.does)
    ? [...(world.usedSlots.get(node.does) ?? [])]
    : slotsUsedBy(node);
}

function slotsSetBy(node: DialogNode | undefined): readonly string[] {
  const action = node?.kind === 'do' ? ACTIONS[node.does] : undefined;
  return Object.values(action?.outcomes ?? {}).flatMap((outcome) => outcome.sets ?? []);
}

function openedTicket({ slots }: DialogFrame, undone: readonly TrailStep[]): Slots {
  const number = undone.some(({ exit }) => OPENED.includes(exit)) ? slots['ticket_number'] : undefined;
  return number === undefined ? {} : { [EARLIER_TICKET]: number };
}

/** A question with several possible answers is now answered by another one. */
function otherAnswers(node: DialogNode | undefined, values: Slots): readonly string[] {
  return node?.kind === 'ask' ? node.slots.filter((slot) => values[slot] === undefined) : [];
}
