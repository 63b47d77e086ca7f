import { ACTIONS, slotsOf } from './actions.ts';
import type { Answer } from './answer.ts';
import type { Dialog, DialogFrame, DialogNode } from './dialog.ts';
import type { Slots } from './run-action.ts';

/** Everything the engine knows that does not change from turn to turn. */
export interface DialogWorld {
  readonly dialogs: ReadonlyMap<string, Dialog>;
  /** Dialog by the intent that starts it. */
  readonly byIntent: ReadonlyMap<string, string>;
  /** Slots that each dialog asks for or looks at, those of the dialogs it calls included. */
  readonly usedSlots: ReadonlyMap<string, ReadonlySet<string>>;
  /** Placeholders that are always known. */
  readonly constants: Slots;
  /** Folded words by dialog that ask for another of its answers. */
  readonly topics: ReadonlyMap<string, readonly string[]>;
  /** Dialogs whose answers are asked for in the same few words after any topic: "gọi số nào". */
  readonly commonTopics: readonly string[];
}

export function createDialogWorld(
  dialogs: readonly Dialog[],
  constants: Slots,
  answers: readonly Answer[],
): DialogWorld {
  const byId = new Map(dialogs.map((dialog) => [dialog.id, dialog]));
  const own = new Map(dialogs.map((dialog) => [dialog.id, ownSlots(byId, dialog)]));
  const wordsFor = (intents: readonly string[]) =>
    answers.filter(({ intent }) => intents.includes(intent)).flatMap(({ words }) => words);
  const common = new Set(answers.filter(({ isForAnyTopic }) => isForAnyTopic).map(({ intent }) => intent));
  return {
    dialogs: byId,
    byIntent: new Map(dialogs.flatMap((dialog) => dialog.startsOn.map((intent) => [intent, dialog.id] as const))),
    topics: new Map(dialogs.map((dialog) => [dialog.id, wordsFor(dialog.startsOn)])),
    commonTopics: dialogs.filter(({ startsOn }) => startsOn.some((intent) => common.has(intent))).map(({ id }) => id),
    usedSlots: new Map(dialogs.map(({ id }) => [id, usedSlots(own, id)])),
    constants,
  };
}

interface OwnSlots {
  readonly slots: ReadonlySet<string>;
  /** Dialogs that it calls. */
  readonly calls: ReadonlySet<string>;
}

function ownSlots(dialogs: ReadonlyMap<string, Dialog>, { nodes }: Dialog): OwnSlots {
  const [slots, calls] = [new Set<string>(), new Set<string>()];
  for (const node of Object.values(nodes)) {
    if (node.kind === 'do' && dialogs.has(node.does)) {
      calls.add(node.does);
    }
    for (const slot of slotsUsedBy(node)) {
      slots.add(slot);
    }
  }
  return { slots, calls };
}

/** Those of a dialog and of all that it calls, however far. */
function usedSlots(own: ReadonlyMap<string, OwnSlots>, id: string): ReadonlySet<string> {
  const reached = new Set([id]);
  const used = new Set<string>();
  // A set goes on with what is added while it is gone through.
  for (const dialog of reached) {
    const { slots = [], calls = [] } = own.get(dialog) ?? {};
    for (const slot of slots) {
      used.add(slot);
    }
    for (const called of calls) {
      reached.add(called);
    }
  }
  return used;
}

/** The slots that a node asks for or gives to its action. */
export function slotsUsedBy(node: DialogNode): readonly string[] {
  if (node.kind === 'ask') {
    return node.slots;
  }
  const action = node.kind === 'do' ? ACTIONS[node.does] : undefined;
  return action === undefined ? [] : slotsOf(action);
}

/** The dialog of that name; a program error when there is none, because loading has checked all names. */
export function dialogNamed(world: DialogWorld, id: string): Dialog {
  const dialog = world.dialogs.get(id);
  if (dialog === undefined) {
    throw new Error(`There is no dialog "${id}": add src/dialogs/trees/${id}.dialog.yaml.`);
  }
  return dialog;
}

/** The node a frame stands at. */
export function nodeAt(world: DialogWorld, frame: DialogFrame): DialogNode {
  const node = dialogNamed(world, frame.dialog).nodes[frame.node];
  if (node === undefined) {
    throw new Error(`Dialog "${frame.dialog}" has no node "${frame.node}".`);
  }
  return node;
}
