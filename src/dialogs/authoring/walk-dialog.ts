import { ACTIONS } from '../actions.ts';
import { type AskNode, type Dialog, type DialogNode, END, type ExitTaken, exitsOf, type Target } from '../dialog.ts';
import { afterExit, type Filled } from './check-placeholders.ts';

/** One way through a dialog, from its first node to an ending, through one exit in particular. */
export interface Walk {
  /** The exit for whose sake this way is walked. */
  readonly through: ExitTaken;
  /** All exits in order, those of the dialogs it calls included. */
  readonly steps: readonly ExitTaken[];
  readonly ending: Target;
}

export interface Walks {
  readonly walks: readonly Walk[];
  /** Exits that no way can take. */
  readonly unreachable: readonly ExitTaken[];
}

/** Where a way stands: at a node, with these slots filled. */
interface Place {
  readonly node: string;
  readonly filled: Filled;
  /** The last question was given up: nothing has been said that a node could decide by. */
  readonly isUnheard: boolean;
}

interface Way {
  readonly steps: readonly ExitTaken[];
  readonly place: Place;
}

/** Ways that together take every exit of a dialog, each to an ending. */
export function walkDialog(dialog: Dialog, dialogs: ReadonlyMap<string, Dialog>): Walks {
  const start: Place = { node: dialog.first, filled: new Set(dialog.given), isUnheard: false };
  const ways = allWays(dialog, dialogs, start);
  const walks: Walk[] = [];
  const unreachable: ExitTaken[] = [];
  for (const [node, way, exit, target] of exitsWithWays(dialog, ways)) {
    const through = { dialog: dialog.id, node, exit };
    const walk = way && finish(dialog, dialogs, takeExit(dialog, dialogs, way, exit, target), target);
    if (walk === undefined) {
      unreachable.push(through);
    } else {
      walks.push({ through, ...walk });
    }
  }
  return { walks, unreachable };
}

type ExitWithWay = readonly [node: string, way: Way | undefined, exit: string, target: Target];

function exitsWithWays(dialog: Dialog, ways: readonly Way[]): readonly ExitWithWay[] {
  return Object.entries(dialog.nodes).flatMap(([name, node]) =>
    exitsOf(node).map(({ name: exit, target }): ExitWithWay => {
      const way = ways.find(({ place }) => place.node === name && canTake(node, exit, place));
      return [name, way, exit, target];
    }),
  );
}

/** The shortest way to every place that can be reached, nearest first. */
function allWays(dialog: Dialog, dialogs: ReadonlyMap<string, Dialog>, start: Place): readonly Way[] {
  const ways: Way[] = [{ steps: [], place: start }];
  const seen = new Set([keyOf(start)]);
  for (const way of ways) {
    const node = nodeOf(dialog, way.place);
    for (const { name, target } of node === undefined ? [] : exitsOf(node)) {
      if (node === undefined || dialog.nodes[target] === undefined || !canTake(node, name, way.place)) {
        continue;
      }
      const next = takeExit(dialog, dialogs, way, name, target);
      if (next !== undefined && !seen.has(keyOf(next.place))) {
        seen.add(keyOf(next.place));
        ways.push(next);
      }
    }
  }
  return ways;
}

function finish(
  dialog: Dialog,
  dialogs: ReadonlyMap<string, Dialog>,
  way: Way | undefined,
  target: Target,
): { readonly steps: readonly ExitTaken[]; readonly ending: Target } | undefined {
  if (way === undefined || dialog.nodes[target] === undefined) {
    return way && { steps: way.steps, ending: target };
  }
  for (const rest of allWays(dialog, dialogs, way.place)) {
    const node = nodeOf(dialog, rest.place);
    const last =
      node &&
      exitsOf(node).find((exit) => dialog.nodes[exit.target] === undefined && canTake(node, exit.name, rest.place));
    const ended = last && takeExit(dialog, dialogs, rest, last.name, last.target);
    if (ended !== undefined) {
      return { steps: [...way.steps, ...ended.steps], ending: last?.target ?? END };
    }
  }
  return undefined;
}

/** The way one exit further. The exit of a called dialog brings the steps inside that dialog along. */
function takeExit(
  dialog: Dialog,
  dialogs: ReadonlyMap<string, Dialog>,
  way: Way,
  exit: string,
  target: Target,
): Way | undefined {
  const node = nodeOf(dialog, way.place);
  if (node === undefined) {
    return undefined;
  }
  const called = node.kind === 'do' ? dialogs.get(node.does) : undefined;
  const inside = called === undefined ? { steps: [], place: way.place } : wayInside(called, dialogs, exit, way.place);
  const step = { dialog: dialog.id, node: way.place.node, exit };
  return (
    inside && {
      steps: [...way.steps, ...inside.steps, step],
      place: {
        node: target,
        filled: afterExit(way.place.filled, node, exit, dialogs),
        isUnheard: isAsked(node, way.place) ? exit === 'gave_up' : inside.place.isUnheard,
      },
    }
  );
}

/** The shortest way through a called dialog that ends with this outcome; it knows what its caller knows. */
function wayInside(
  called: Dialog,
  dialogs: ReadonlyMap<string, Dialog>,
  outcome: string,
  from: Place,
): Way | undefined {
  const start = { ...from, node: called.first, filled: new Set([...called.given, ...from.filled]) };
  for (const way of allWays(called, dialogs, start)) {
    const node = nodeOf(called, way.place);
    const last =
      node &&
      exitsOf(node).find(({ name, target }) => target === `${END}:${outcome}` && canTake(node, name, way.place));
    if (last !== undefined) {
      return takeExit(called, dialogs, way, last.name, last.target);
    }
  }
  return undefined;
}

/** The customer is asked here, and what is said decides how it goes on. */
function isAsked(node: DialogNode, { filled }: Place): boolean {
  return node.kind === 'ask' ? answeredSlot(node, filled) === undefined : node.kind === 'choose' && node.by !== 'words';
}

/** The slot for which a question is passed over. */
function answeredSlot(node: AskNode, filled: Filled): string | undefined {
  return node.anew ? undefined : node.slots.find((slot) => filled.has(slot));
}

/**
 * A question whose slot is filled is not asked: it goes on by itself. What needs an identity is told only when the
 * customer code is known. Where nothing has been said, words decide nothing.
 */
function canTake(node: DialogNode, exit: string, { filled, isUnheard }: Place): boolean {
  if (node.kind === 'choose' && node.by === 'words') {
    return exit === 'otherwise' || !isUnheard;
  }
  if (node.kind === 'do') {
    const needsCode = ACTIONS[node.does]?.outcomes[exit]?.needsIdentity !== undefined;
    return !needsCode || filled.has('customer_code');
  }
  const answered = node.kind === 'ask' ? answeredSlot(node, filled) : undefined;
  return answered === undefined || exit === `got ${answered}`;
}

function nodeOf(dialog: Dialog, place: Place): DialogNode | undefined {
  return dialog.nodes[place.node];
}

function keyOf({ node, filled, isUnheard }: Place): string {
  return `${node} ${isUnheard} ${[...filled].sort().join(' ')}`;
}
