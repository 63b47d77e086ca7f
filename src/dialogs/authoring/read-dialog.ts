import type { z } from 'zod';
import type { Dialog, DialogChoice, DialogNode, Words } from '../dialog.ts';
import { foldPattern, foldWords } from '../fold-words.ts';
import { type DialogMistake, type MistakePlace, mistake } from './dialog-mistake.ts';
import { DIALOG_SCHEMA, NODE_KINDS, NODE_SCHEMAS, type NodeKind } from './dialog-schema.ts';
import { type SharedChoices, withShared } from './shared-choices.ts';

export interface ReadDialog {
  /** Absent when the head of the file cannot be read. */
  readonly dialog?: Dialog;
  readonly mistakes: readonly DialogMistake[];
}

/** Turns the content of one dialog file into a Dialog, or says what is wrong with it. */
export function readDialog(file: string, raw: unknown, shared: SharedChoices = {}): ReadDialog {
  const head = DIALOG_SCHEMA.safeParse(raw);
  if (!head.success) {
    return { mistakes: fieldMistakes(file, head.error) };
  }
  const nodes: Record<string, DialogNode> = {};
  const mistakes: DialogMistake[] = [];
  for (const [name, rawNode] of Object.entries(head.data.nodes)) {
    const read = readNode(file, name, rawNode, shared);
    if (Array.isArray(read)) {
      mistakes.push(...read);
    } else {
      nodes[name] = read as DialogNode;
    }
  }
  if (Object.keys(head.data.nodes).length === 0) {
    mistakes.push(mistake('no_nodes', { file, key: 'nodes' }, 'there is no node.', 'Add at least one.'));
  }
  const { dialog, title, starts_on = [], given = [], ends_as = [], first } = head.data;
  const { covers = [], followed_by = [], settles = [] } = head.data;
  const { afterwards = 'resume', starts_on_choice: startingChoice } = head.data;
  if (startingChoice !== undefined && shared[startingChoice] === undefined) {
    mistakes.push(unknownShared({ file, key: 'starts_on_choice' }, startingChoice, shared));
  }
  const isNotice = head.data.notice ?? false;
  return {
    dialog: {
      id: dialog,
      title,
      startsOn: starts_on,
      startsOnWords: (shared[startingChoice ?? '']?.words ?? []).map(foldPattern),
      given,
      endsAs: ends_as,
      covers,
      followedBy: followed_by,
      settles,
      keepsPictures: head.data.keeps_pictures ?? false,
      afterwards,
      isNotice,
      first,
      nodes,
    },
    mistakes,
  };
}

function readNode(file: string, node: string, raw: unknown, shared: SharedChoices): DialogNode | DialogMistake[] {
  const kind = kindOf(file, node, raw);
  if (typeof kind !== 'string') {
    return [kind];
  }
  switch (kind) {
    case 'say': {
      const parsed = NODE_SCHEMAS.say.safeParse(raw);
      return parsed.success
        ? { kind, ...wordsOf(parsed.data), buttons: parsed.data.buttons ?? [], next: parsed.data.next }
        : fieldMistakes(file, parsed.error, node);
    }
    case 'ask': {
      const parsed = NODE_SCHEMAS.ask.safeParse(raw);
      if (!parsed.success) {
        return fieldMistakes(file, parsed.error, node);
      }
      const choices = readChoices({ file, node, key: 'choices' }, parsed.data.choices ?? [], shared);
      return choices.mistakes.length > 0 ? choices.mistakes : askNode(parsed.data, choices.read);
    }
    case 'choose': {
      const parsed = NODE_SCHEMAS.choose.safeParse(raw);
      if (!parsed.success) {
        return fieldMistakes(file, parsed.error, node);
      }
      const choices = readChoices({ file, node, key: 'choose' }, parsed.data.choose, shared);
      return choices.mistakes.length > 0 ? choices.mistakes : chooseNode(parsed.data, choices.read);
    }
    case 'do': {
      const parsed = NODE_SCHEMAS.do.safeParse(raw);
      return parsed.success
        ? { kind, does: parsed.data.do, outcomes: parsed.data.outcomes }
        : fieldMistakes(file, parsed.error, node);
    }
  }
}

function kindOf(file: string, node: string, raw: unknown): NodeKind | DialogMistake {
  const keys = typeof raw === 'object' && raw !== null ? Object.keys(raw) : [];
  const kinds = NODE_KINDS.filter((kind) => keys.includes(kind));
  const leading = kinds.filter((kind) => kind !== 'say');
  if (leading.length > 1) {
    return mistake('several_kinds', { file, node }, `it is ${leading.join(' and ')} at once.`, 'Make a node of each.');
  }
  return kinds[0] ?? mistake('no_kind', { file, node }, 'it has no kind.', `Give it one of: ${NODE_KINDS.join(', ')}.`);
}

function askNode(raw: z.infer<typeof NODE_SCHEMAS.ask>, choices: readonly DialogChoice[]): DialogNode {
  const slots = typeof raw.ask === 'string' ? [raw.ask] : raw.ask;
  const { next, retry } = raw;
  return {
    kind: 'ask',
    slots,
    ...wordsOf(raw),
    choices,
    anyWords: raw.any_words ?? false,
    fresh: raw.fresh ?? false,
    anew: raw.anew ?? false,
    toldAfter: (raw.told_after ?? []).map(foldPattern),
    help: list(raw.help),
    retry: { say: list(retry.say), times: retry.times, gaveUp: retry.gave_up },
    next: typeof next === 'string' ? Object.fromEntries(slots.map((slot) => [slot, next])) : next,
  };
}

function chooseNode(raw: z.infer<typeof NODE_SCHEMAS.choose>, choices: readonly DialogChoice[]): DialogNode {
  return {
    kind: 'choose',
    ...wordsOf(raw),
    choices,
    by: raw.by ?? 'customer',
    offers: raw.offers ?? false,
    closing: raw.closing ?? false,
    yields: raw.yields ?? false,
    early: raw.early ?? false,
    lasting: raw.lasting ?? false,
    again: list(raw.again),
    otherwise: raw.otherwise,
  };
}

type RawChoice = NonNullable<z.infer<typeof NODE_SCHEMAS.ask>['choices']>[number];

interface ReadChoices {
  readonly read: readonly DialogChoice[];
  readonly mistakes: DialogMistake[];
}

function readChoices(place: MistakePlace, raw: readonly RawChoice[], shared: SharedChoices): ReadChoices {
  const wrong = raw.flatMap(({ same_as: name, label }, index) => {
    if (name !== undefined && shared[name] === undefined) {
      return [unknownShared(place, name, shared)];
    }
    const isBare = name === undefined && label === undefined;
    return isBare
      ? [mistake('bad_field', place, `choice ${index + 1} has no label.`, 'Give it one, or "same_as".')]
      : [];
  });
  return { read: wrong.length > 0 ? [] : raw.map((each) => choiceOf(withShared(each, shared))), mistakes: wrong };
}

function unknownShared(place: MistakePlace, name: string, shared: SharedChoices): DialogMistake {
  const names = Object.keys(shared).join(', ') || 'none';
  return mistake(
    'unknown_shared',
    place,
    `no shared choice is called "${name}".`,
    `shared-choices.yaml has: ${names}.`,
  );
}

function choiceOf({ label = '', ...raw }: RawChoice): DialogChoice {
  return {
    label,
    key: raw.key ?? foldWords(label).replaceAll(' ', '-'),
    ...(raw.intent === undefined ? {} : { intent: raw.intent }),
    ...(raw.answer === undefined ? {} : { answer: raw.answer }),
    words: (raw.words ?? []).map(foldPattern),
    ...(raw.told_by && { toldBy: raw.told_by.map(foldPattern) }),
    sets: raw.sets ?? {},
    ...(raw.hidden && { isHidden: true }),
    next: raw.next,
  };
}

interface RawWords {
  readonly say?: string | string[] | undefined;
  readonly links?: { label: string; href: string }[] | undefined;
  readonly suggest?: string[] | undefined;
}

function wordsOf(raw: RawWords): Words {
  return { say: list(raw.say), links: raw.links ?? [], suggest: raw.suggest ?? [] };
}

function list(say: string | readonly string[] | undefined): readonly string[] {
  const all = say === undefined ? [] : typeof say === 'string' ? [say] : say;
  return all.map((text) => text.trim().normalize('NFC'));
}

function fieldMistakes(file: string, error: z.ZodError, node?: string): DialogMistake[] {
  return error.issues.map((issue) => {
    const key = issue.path.map(String).join('.');
    const place = { file, ...(node === undefined ? {} : { node }), ...(key === '' ? {} : { key }) };
    return mistake('bad_field', place, `${issue.message}.`, 'See dialog.schema.json for the fields of a node.');
  });
}
