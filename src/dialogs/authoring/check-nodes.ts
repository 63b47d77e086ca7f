import { ACTIONS, outcomesOf } from '../actions.ts';
import { type Dialog, type DialogChoice, type DialogNode, END, exitsOf, HANDOFF, OFFERED, STOP } from '../dialog.ts';
import { choiceValue } from '../render-words.ts';
import { SLOTS } from '../slots.ts';
import type { CheckOptions, DialogSource } from './check-dialogs.ts';
import { toneTroubles } from './check-tone.ts';
import { type DialogMistake, type MistakePlace, mistake } from './dialog-mistake.ts';

/** Longest value of a button that every channel carries (Telegram: 64 bytes). */
const LONGEST_CHOICE_VALUE = 64;

/** What can be seen looking at one node at a time: names that lead nowhere, missing outcomes. */
export function checkNodes(
  { file, dialog }: DialogSource,
  dialogs: ReadonlyMap<string, Dialog>,
  options: CheckOptions,
): readonly DialogMistake[] {
  const mistakes: DialogMistake[] = [];
  if (dialog.nodes[dialog.first] === undefined) {
    const mend = `Use one of: ${Object.keys(dialog.nodes).join(', ')}.`;
    mistakes.push(mistake('unknown_first', { file, key: 'first' }, `there is no node "${dialog.first}".`, mend));
  }
  for (const [name, node] of Object.entries(dialog.nodes)) {
    const place = { file, node: name };
    mistakes.push(...checkTargets(place, dialog, node, dialogs), ...checkWords(place, node, dialogs, dialog));
    mistakes.push(...checkTone(place, node));
    if (node.kind === 'ask') {
      mistakes.push(...checkAsk(place, node));
    }
    if (node.kind === 'ask' || node.kind === 'choose') {
      mistakes.push(...checkChoices(place, dialog, name, node, options));
    }
    if (node.kind === 'do') {
      mistakes.push(...checkOutcomes(place, node.does, node.outcomes, dialogs));
    }
  }
  return mistakes;
}

function checkTargets(
  place: MistakePlace,
  dialog: Dialog,
  node: DialogNode,
  dialogs: ReadonlyMap<string, Dialog>,
): DialogMistake[] {
  return exitsOf(node).flatMap(({ name, target }) => {
    const at = { ...place, key: name };
    if (target.startsWith(`${END}:`)) {
      const outcome = target.slice(END.length + 1);
      const mend = `Add "${outcome}" to ends_as, or use one of: ${dialog.endsAs.join(', ') || 'end'}.`;
      return dialog.endsAs.includes(outcome)
        ? []
        : [mistake('unknown_outcome_target', at, `"${target}" is not in ends_as.`, mend)];
    }
    if (target === END && dialog.endsAs.length > 0) {
      const mend = `Say how it ends: ${dialog.endsAs.map((each) => `end:${each}`).join(' or ')}.`;
      return [mistake('unknown_outcome_target', at, 'a dialog with ends_as cannot simply end.', mend)];
    }
    const isReserved = target === END || target === STOP || target === HANDOFF || name === OFFERED;
    if (isReserved || dialog.nodes[target] !== undefined || dialogs.has(target)) {
      return [];
    }
    const mend = 'Use a node of this dialog, another dialog, handoff, stop or end.';
    return [mistake('unknown_target', at, `there is no node or dialog "${target}".`, mend)];
  });
}

function checkWords(
  place: MistakePlace,
  node: DialogNode,
  dialogs: ReadonlyMap<string, Dialog>,
  dialog: Dialog,
): DialogMistake[] {
  if (dialog.isNotice && node.kind !== 'say') {
    return [
      mistake('notice_asks', place, 'a notice only says something.', 'Make it a say node, or drop notice: true.'),
    ];
  }
  if (node.kind === 'do') {
    return [];
  }
  if (!dialog.isNotice && node.kind === 'say' && node.buttons.length > 0) {
    const mend = 'Make it a choose node, or add notice: true.';
    return [mistake('buttons_lead_nowhere', { ...place, key: 'buttons' }, 'only a notice has such buttons.', mend)];
  }
  const unknown = node.suggest.filter((id) => !dialogs.has(id));
  return unknown.map((id) =>
    mistake('unknown_target', { ...place, key: 'suggest' }, `there is no dialog "${id}".`, 'Suggest an existing one.'),
  );
}

function checkTone(place: MistakePlace, node: DialogNode): DialogMistake[] {
  return textsSaid(node).flatMap((words) =>
    toneTroubles(words).map(({ wrong, mend }) => mistake('wrong_tone', { ...place, key: 'say' }, `${wrong}.`, mend)),
  );
}

/** Everything that a node may say, one message each. */
export function textsSaid(node: DialogNode): readonly string[] {
  switch (node.kind) {
    case 'do':
      return [];
    case 'say':
      return node.say;
    case 'ask':
      return [...node.say, ...node.retry.say, ...node.help];
    case 'choose':
      return [...node.say, ...node.again];
  }
}

function checkAsk(place: MistakePlace, node: Extract<DialogNode, { kind: 'ask' }>): DialogMistake[] {
  const unknown = node.slots.filter((slot) => SLOTS[slot] === undefined);
  const without = node.slots.filter((slot) => node.next[slot] === undefined);
  const extra = Object.keys(node.next).filter((slot) => !node.slots.includes(slot));
  return [
    ...unknown.map((slot) => {
      const mend = `Use one of: ${Object.keys(SLOTS).join(', ')}; or add it to slots.ts.`;
      return mistake('unknown_slot', { ...place, key: 'ask' }, `there is no slot "${slot}".`, mend);
    }),
    ...without.map((slot) =>
      mistake('missing_next', { ...place, key: 'next' }, `the answer "${slot}" leads nowhere.`, 'Name its target.'),
    ),
    ...extra.map((slot) =>
      mistake(
        'unknown_slot',
        { ...place, key: 'next' },
        `"${slot}" is not asked for here.`,
        'Take it out, or ask for it.',
      ),
    ),
  ];
}

function checkChoices(
  place: MistakePlace,
  dialog: Dialog,
  name: string,
  node: Extract<DialogNode, { kind: 'ask' | 'choose' }>,
  options: CheckOptions,
): DialogMistake[] {
  const mistakes: DialogMistake[] = [];
  const isByWords = node.kind === 'choose' && node.by === 'words';
  if (node.kind === 'choose' && isByWords !== (node.say.length === 0)) {
    const mend = isByWords ? 'Take out say: it never asks.' : 'Add say: the customer must know what to choose.';
    mistakes.push(mistake('missing_say', { ...place, key: 'say' }, 'say and by: words do not go together.', mend));
  }
  const keys = new Set<string>();
  for (const choice of node.choices) {
    const at = { ...place, key: `choose "${choice.label}"` };
    if (keys.has(choice.key)) {
      mistakes.push(
        mistake('duplicate_choice', at, `its key "${choice.key}" is used twice.`, 'Give it a key: of its own.'),
      );
    }
    keys.add(choice.key);
    const bytes = Buffer.byteLength(choiceValue(dialog.id, name, choice));
    if (bytes > LONGEST_CHOICE_VALUE) {
      const wrong = `the button's value has ${bytes} bytes, more than ${LONGEST_CHOICE_VALUE}.`;
      mistakes.push(mistake('long_choice', at, wrong, 'Give it a short key:.'));
    }
    if (isByWords && choice.words.length === 0) {
      mistakes.push(mistake('missing_key_words', at, 'it has no words to be known by.', 'Add words:.'));
    }
    mistakes.push(...checkChoice(at, choice, options));
  }
  return mistakes;
}

function checkChoice(at: MistakePlace, choice: DialogChoice, options: CheckOptions): DialogMistake[] {
  const unknown = Object.keys(choice.sets).filter((slot) => SLOTS[slot] === undefined);
  const mistakes = unknown.map((slot) =>
    mistake('unknown_slot', at, `there is no slot "${slot}".`, 'Add it to slots.ts, or use an existing one.'),
  );
  if (choice.intent !== undefined && options.intents !== undefined && !options.intents.includes(choice.intent)) {
    const mend = 'Use an intent of data/intents.';
    mistakes.push(mistake('unknown_intent', at, `there is no intent "${choice.intent}".`, mend));
  }
  return mistakes;
}

function checkOutcomes(
  place: MistakePlace,
  does: string,
  named: Readonly<Record<string, string>>,
  dialogs: ReadonlyMap<string, Dialog>,
): DialogMistake[] {
  const action = ACTIONS[does];
  const called = dialogs.get(does);
  if (action === undefined && (called === undefined || called.endsAs.length === 0)) {
    const mend = `Use an action of actions.ts (${Object.keys(ACTIONS).join(', ')}) or a dialog with ends_as.`;
    return [mistake('unknown_action', { ...place, key: 'do' }, `there is no action "${does}".`, mend)];
  }
  const expected = action === undefined ? (called?.endsAs ?? []) : outcomesOf(action);
  const at = { ...place, key: 'outcomes' };
  return [
    ...expected
      .filter((outcome) => named[outcome] === undefined)
      .map((outcome) =>
        mistake('missing_outcome', at, `"${does}" can end as "${outcome}".`, `Add ${outcome}: <target>.`),
      ),
    ...Object.keys(named)
      .filter((outcome) => !expected.includes(outcome))
      .map((outcome) =>
        mistake('unknown_outcome', at, `"${does}" never ends as "${outcome}".`, `Use one of: ${expected.join(', ')}.`),
      ),
  ];
}
