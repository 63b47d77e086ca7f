import { ACTIONS } from '../actions.ts';
import { type Dialog, type DialogNode, exitsOf } from '../dialog.ts';
import { ENGINE_DIALOGS } from '../engine-dialogs.ts';
import type { DialogSource } from './check-dialogs.ts';
import { type DialogMistake, mistake } from './dialog-mistake.ts';

/** What can be seen only by following the ways: nodes nobody reaches, loops that never ask, no way out. */
export function checkWays({ file, dialog }: DialogSource): readonly DialogMistake[] {
  const reached = reachable(dialog, dialog.first, () => true);
  const names = Object.keys(dialog.nodes);
  return [
    ...names
      .filter((name) => !reached.has(name))
      .map((node) =>
        mistake('unreachable_node', { file, node }, 'no way leads here.', 'Lead an exit to it, or take it out.'),
      ),
    ...names
      .filter((name) => reached.has(name) && loopsSilently(dialog, name))
      .map((node) =>
        mistake(
          'endless_loop',
          { file, node },
          'it can come back to itself without asking.',
          'Put a question in between.',
        ),
      ),
    ...names
      .filter((name) => reached.has(name) && !canEnd(dialog, name))
      .map((node) =>
        mistake('no_ending', { file, node }, 'no way from here ends the dialog.', 'Give it a way to end or handoff.'),
      ),
    ...checkSafetyFirst(file, dialog),
  ];
}

/** The nodes that can be reached from one, itself included, going on only from nodes that `passes` lets through. */
function reachable(dialog: Dialog, from: string, passes: (node: DialogNode) => boolean): ReadonlySet<string> {
  const seen = new Set<string>();
  const next = [from];
  for (let name = next.pop(); name !== undefined; name = next.pop()) {
    const node = dialog.nodes[name];
    if (node !== undefined && !seen.has(name)) {
      seen.add(name);
      next.push(...(passes(node) ? exitsOf(node).map((exit) => exit.target) : []));
    }
  }
  return seen;
}

function loopsSilently(dialog: Dialog, name: string): boolean {
  const node = dialog.nodes[name];
  if (node === undefined || waits(node)) {
    return false;
  }
  return exitsOf(node).some(({ target }) => reachable(dialog, target, (each) => !waits(each)).has(name));
}

/** A node that asks, or calls a dialog that does. The engine breaks off the rest: an ask whose slot stays filled. */
function waits(node: DialogNode): boolean {
  const calls = node.kind === 'do' && ACTIONS[node.does] === undefined;
  return node.kind === 'ask' || calls || (node.kind === 'choose' && node.by === 'customer');
}

function canEnd(dialog: Dialog, name: string): boolean {
  return [...reachable(dialog, name, () => true)].some((each) => {
    const node = dialog.nodes[each];
    return node !== undefined && exitsOf(node).some(({ target }) => dialog.nodes[target] === undefined);
  });
}

/** Safety words must come out with everything else down, so the emergency dialog runs no action before it has asked. */
function checkSafetyFirst(file: string, dialog: Dialog): DialogMistake[] {
  if (dialog.id !== ENGINE_DIALOGS.emergency) {
    return [];
  }
  const early = reachable(dialog, dialog.first, (node) => !(node.kind === 'choose' && node.by === 'customer'));
  return [...early]
    .filter((name) => dialog.nodes[name]?.kind === 'do')
    .map((node) =>
      mistake(
        'action_before_safety',
        { file, node },
        'it can run before any question was asked.',
        'Put a choose first.',
      ),
    );
}
