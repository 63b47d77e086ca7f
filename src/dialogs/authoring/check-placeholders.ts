import { ACTIONS } from '../actions.ts';
import { type Dialog, type DialogNode, END, exitsOf } from '../dialog.ts';
import { placeholdersIn } from '../render-words.ts';
import { SLOTS } from '../slots.ts';
import type { DialogSource } from './check-dialogs.ts';
import { type DialogMistake, mistake } from './dialog-mistake.ts';

export type Filled = ReadonlySet<string>;

/** Every placeholder is filled on every way that leads to its node, and every action gets what it needs. */
export function checkPlaceholders(
  { file, dialog }: DialogSource,
  dialogs: ReadonlyMap<string, Dialog>,
  constants: readonly string[],
): readonly DialogMistake[] {
  const filledAt = filledSlots(dialog, dialogs, constants);
  const names = new Set([...constants, ...dialog.given, ...Object.keys(SLOTS), ...slotsOfActions()]);
  return Object.entries(dialog.nodes).flatMap(([name, node]) => {
    const filled = filledAt.get(name);
    if (filled === undefined) {
      return [];
    }
    const place = { file, node: name };
    const unsure = textsOf(node)
      .flatMap(placeholdersIn)
      .filter((slot) => !filled.has(slot));
    const missing = needsOf(node, dialogs).filter((slot) => !filled.has(slot));
    return [
      ...[...new Set(unsure)].map((slot) =>
        names.has(slot)
          ? mistake(
              'unsure_placeholder',
              place,
              `{${slot}} is not filled on every way that leads here.`,
              'Ask or look it up before.',
            )
          : mistake('unknown_placeholder', place, `nothing fills {${slot}}.`, 'Use a slot of slots.ts or actions.ts.'),
      ),
      ...missing.map((slot) =>
        mistake(
          'missing_slot',
          place,
          `it needs "${slot}", which is not filled on every way here.`,
          'Ask for it before.',
        ),
      ),
    ];
  });
}

function slotsOfActions(): readonly string[] {
  return Object.values(ACTIONS).flatMap((action) =>
    Object.values(action.outcomes).flatMap((outcome) => outcome.sets ?? []),
  );
}

/** Per node the slots that are filled whichever way was taken. */
function filledSlots(
  dialog: Dialog,
  dialogs: ReadonlyMap<string, Dialog>,
  constants: readonly string[],
): ReadonlyMap<string, Filled> {
  const filled = new Map<string, Filled>([[dialog.first, new Set([...constants, ...dialog.given])]]);
  const open = [dialog.first];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const node = dialog.nodes[name];
    const before = filled.get(name);
    if (node === undefined || before === undefined) {
      continue;
    }
    for (const { name: exit, target } of exitsOf(node)) {
      const after = afterExit(before, node, exit, dialogs);
      const known = filled.get(target);
      const both = known === undefined ? after : new Set([...known].filter((slot) => after.has(slot)));
      if (known === undefined || both.size < known.size) {
        filled.set(target, both);
        open.push(target);
      }
    }
  }
  return filled;
}

/** The slots that are filled after an exit, from those that were before. */
export function afterExit(
  filled: Filled,
  node: DialogNode,
  exit: string,
  dialogs: ReadonlyMap<string, Dialog>,
): Filled {
  const before = node.kind === 'ask' && node.anew ? minus(filled, node.slots) : filled;
  if (node.kind === 'ask' && exit.startsWith('got ')) {
    return new Set([...before, exit.slice('got '.length)]);
  }
  if (node.kind === 'ask' || node.kind === 'choose') {
    const sets = node.choices.find((choice) => `choice ${choice.key}` === exit)?.sets ?? {};
    const cleared = Object.keys(sets).filter((slot) => sets[slot] === '');
    return minus(new Set([...before, ...Object.keys(sets)]), cleared);
  }
  return node.kind === 'do' ? afterAction(before, node.does, exit, dialogs) : before;
}

function afterAction(before: Filled, does: string, outcome: string, dialogs: ReadonlyMap<string, Dialog>): Filled {
  const action = ACTIONS[does];
  if (action === undefined) {
    return afterDialog(before, does, outcome, dialogs);
  }
  const found = action.outcomes[outcome];
  return minus(new Set([...before, ...(found?.sets ?? [])]), [...(found?.clears ?? []), ...onceSlots(does)]);
}

/** What is filled when a called dialog has ended in this way. A dialog that calls itself is not followed. */
function afterDialog(before: Filled, id: string, outcome: string, dialogs: ReadonlyMap<string, Dialog>): Filled {
  const inner = dialogs.get(id);
  const others = new Map([...dialogs].filter(([each]) => each !== id));
  return inner === undefined ? before : (filledSlots(inner, others, [...before]).get(`${END}:${outcome}`) ?? before);
}

function onceSlots(does: string): readonly string[] {
  const action = ACTIONS[does];
  return [...(action?.needs ?? []), ...(action?.uses ?? [])].filter((slot) => SLOTS[slot]?.isOnce);
}

function minus(slots: Filled, cleared: readonly string[]): Filled {
  return new Set([...slots].filter((slot) => !cleared.includes(slot)));
}

/** Slots without which a node cannot do its work: those of its action, or those that its dialogs are given. */
function needsOf(node: DialogNode, dialogs: ReadonlyMap<string, Dialog>): readonly string[] {
  const own = node.kind === 'do' ? (ACTIONS[node.does]?.needs ?? dialogs.get(node.does)?.given ?? []) : [];
  return [...own, ...exitsOf(node).flatMap(({ target }) => dialogs.get(target)?.given ?? [])];
}

function textsOf(node: DialogNode): readonly string[] {
  if (node.kind === 'do') {
    return [];
  }
  const own = [...node.say, ...node.links.flatMap((link) => [link.label, link.href])];
  if (node.kind === 'say') {
    return [...own, ...node.buttons.map(({ value }) => value)];
  }
  const more = node.kind === 'ask' ? [...node.retry.say, ...node.help] : node.again;
  return [...own, ...more, ...node.choices.map((choice) => choice.label)];
}
