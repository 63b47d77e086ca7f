import type { z } from 'zod';
import type { Dialog, DialogChoice, DialogNode, Words } from '../dialog.ts';
import { foldPattern, foldWords } from '../fold-words.ts';
import { type DialogMistake, mistake } from './dialog-mistake.ts';
import { DIALOG_SCHEMA, NODE_KINDS, NODE_SCHEMAS, type NodeKind } from './dialog-schema.ts';

export interface ReadDialog {
  /** Absent when the head of the file cannot be read. */
  readonly dialog?: Dialog;
  readonly mistakes: readonly DialogMistake[];
}

/** Turns the content of one dialog file into a Dialog, or says what is wrong with it. */
export function readDialog(file: string, raw: unknown): ReadDialog {
  const head = DIALOG_SCHEMA.safeParse(raw);
  if (!head.success) {
    return { mistakes: fieldMistakes(file, head.error) };
  }
  const nodes: Record<string, DialogNode> = {};
  const mistakes: DialogMistake[] = [];
  for (const [name, rawNode] of Object.entries(head.data.nodes)) {
    const read = readNode(file, name, rawNode);
    if (Array.isArray(read)) {
      mistakes.push(...read);
    } else {
      nodes[name] = read as DialogNode;
    }
  }
  if (Object.keys(head.data.nodes).length === 0) {
    mistakes.push(mistake('no_nodes', { file, key: 'nodes' }, 'there is no node.', 'Add at least one.'));
  }
  const { dialog, title, starts_on = [], given = [], ends_as = [], covers = [], followed_by = [], first } = head.data;
  const { afterwards = 'resume' } = head.data;
  const isNotice = head.data.notice ?? false;
  return {
    dialog: {
      id: dialog,
      title,
      startsOn: starts_on,
      given,
      endsAs: ends_as,
      covers,
      followedBy: followed_by,
      afterwards,
      isNotice,
      first,
      nodes,
    },
    mistakes,
  };
}

function readNode(file: string, node: string, raw: unknown): DialogNode | DialogMistake[] {
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
      return parsed.success ? askNode(parsed.data) : fieldMistakes(file, parsed.error, node);
    }
    case 'choose': {
      const parsed = NODE_SCHEMAS.choose.safeParse(raw);
      return parsed.success ? chooseNode(parsed.data) : fieldMistakes(file, parsed.error, node);
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

function askNode(raw: z.infer<typeof NODE_SCHEMAS.ask>): DialogNode {
  const slots = typeof raw.ask === 'string' ? [raw.ask] : raw.ask;
  const { next, retry } = raw;
  return {
    kind: 'ask',
    slots,
    ...wordsOf(raw),
    choices: (raw.choices ?? []).map(choiceOf),
    anyWords: raw.any_words ?? false,
    fresh: raw.fresh ?? false,
    anew: raw.anew ?? false,
    help: list(raw.help),
    retry: { say: list(retry.say), times: retry.times, gaveUp: retry.gave_up },
    next: typeof next === 'string' ? Object.fromEntries(slots.map((slot) => [slot, next])) : next,
  };
}

function chooseNode(raw: z.infer<typeof NODE_SCHEMAS.choose>): DialogNode {
  return {
    kind: 'choose',
    ...wordsOf(raw),
    choices: raw.choose.map(choiceOf),
    by: raw.by ?? 'customer',
    offers: raw.offers ?? false,
    closing: raw.closing ?? false,
    yields: raw.yields ?? false,
    lasting: raw.lasting ?? false,
    again: list(raw.again),
    otherwise: raw.otherwise,
  };
}

type RawChoice = NonNullable<z.infer<typeof NODE_SCHEMAS.ask>['choices']>[number];

function choiceOf(raw: RawChoice): DialogChoice {
  return {
    label: raw.label,
    key: raw.key ?? foldWords(raw.label).replaceAll(' ', '-'),
    ...(raw.intent === undefined ? {} : { intent: raw.intent }),
    ...(raw.answer === undefined ? {} : { answer: raw.answer }),
    words: (raw.words ?? []).map(foldPattern),
    sets: raw.sets ?? {},
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
