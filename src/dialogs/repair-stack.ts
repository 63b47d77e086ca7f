import type { DialogFrame } from './dialog.ts';
import type { DialogWorld } from './dialog-world.ts';

/** Frames as this release can run them: a tree that lost the node starts again and keeps its slots. */
export function repairStack(world: DialogWorld, stack: readonly DialogFrame[]): DialogFrame[] {
  const repaired: DialogFrame[] = [];
  for (const frame of stack) {
    const dialog = world.dialogs.get(frame.dialog);
    if (dialog === undefined || (frame.called === true && !isCalling(world, repaired.at(-1), frame.dialog))) {
      continue;
    }
    const isSound = dialog.nodes[frame.node] !== undefined;
    repaired.push(isSound ? frame : startedAgain(frame, dialog.first));
  }
  return repaired;
}

function startedAgain(frame: DialogFrame, first: string): DialogFrame {
  const { dialog, slots, called } = frame;
  return { dialog, node: first, tries: 0, slots, ...(called === undefined ? {} : { called }) };
}

function isCalling(world: DialogWorld, caller: DialogFrame | undefined, dialog: string): boolean {
  const node = caller && world.dialogs.get(caller.dialog)?.nodes[caller.node];
  return node?.kind === 'do' && node.does === dialog;
}
