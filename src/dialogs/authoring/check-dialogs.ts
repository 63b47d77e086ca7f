import type { Dialog } from '../dialog.ts';
import { ENGINE_DIALOGS } from '../engine-dialogs.ts';
import { checkNodes } from './check-nodes.ts';
import { checkPlaceholders } from './check-placeholders.ts';
import { checkWays } from './check-ways.ts';
import { type DialogMistake, mistake } from './dialog-mistake.ts';

export interface DialogSource {
  readonly file: string;
  readonly dialog: Dialog;
}

export interface CheckOptions {
  /** Placeholders that are always filled. */
  readonly constants: readonly string[];
  readonly intents?: readonly string[];
  /** Dialogs that must exist; left out, those that the engine opens itself. */
  readonly required?: readonly string[];
}

/** Everything that can be wrong with a set of dialogs, one mistake each. Ways are followed only in sound trees. */
export function checkDialogs(sources: readonly DialogSource[], options: CheckOptions): readonly DialogMistake[] {
  const dialogs = new Map(sources.map(({ dialog }) => [dialog.id, dialog]));
  const mistakes = [...checkHeads(sources, options), ...checkRequired(dialogs, options)];
  mistakes.push(...sources.flatMap((source) => checkNodes(source, dialogs, options)));
  if (mistakes.length > 0) {
    return mistakes;
  }
  return sources.flatMap((source) => [...checkWays(source), ...checkPlaceholders(source, dialogs, options.constants)]);
}

function checkHeads(sources: readonly DialogSource[], options: CheckOptions): DialogMistake[] {
  const mistakes: DialogMistake[] = [];
  const files = new Map<string, string>();
  const intents = new Map<string, string>();
  for (const { file, dialog } of sources) {
    const twin = files.get(dialog.id);
    if (twin !== undefined) {
      const wrong = `the dialog "${dialog.id}" is also in ${twin}.`;
      mistakes.push(mistake('duplicate_dialog', { file, key: 'dialog' }, wrong, 'Give one of them another name.'));
    }
    files.set(dialog.id, file);
    if (file !== `${dialog.id}.dialog.yaml`) {
      const mend = `Name the file ${dialog.id}.dialog.yaml.`;
      mistakes.push(mistake('wrong_file_name', { file, key: 'dialog' }, `it holds the dialog "${dialog.id}".`, mend));
    }
    for (const intent of dialog.startsOn) {
      mistakes.push(...checkIntent(file, intent, intents.get(intent), options.intents));
      intents.set(intent, file);
    }
    mistakes.push(...checkNamed(file, dialog, sources));
  }
  return mistakes;
}

/** The dialogs that the head of another names. */
function checkNamed(file: string, { covers, followedBy }: Dialog, sources: readonly DialogSource[]): DialogMistake[] {
  const unknown = (ids: readonly string[]) => ids.filter((id) => sources.every(({ dialog }) => dialog.id !== id));
  const named = [
    ['covers', unknown(covers)],
    ['followed_by', unknown(followedBy)],
  ] as const;
  return named.flatMap(([key, ids]) =>
    ids.map((id) =>
      mistake('unknown_target', { file, key }, `there is no dialog "${id}".`, 'Name one of src/dialogs/trees.'),
    ),
  );
}

function checkIntent(
  file: string,
  intent: string,
  other: string | undefined,
  known: readonly string[] | undefined,
): DialogMistake[] {
  const place = { file, key: 'starts_on' };
  if (other !== undefined) {
    return [mistake('duplicate_intent', place, `"${intent}" also starts ${other}.`, 'Take it out of one of them.')];
  }
  if (known !== undefined && !known.includes(intent)) {
    const mend = `Use an intent of data/intents, or add data/intents/${intent}.yaml.`;
    return [mistake('unknown_intent', place, `there is no intent "${intent}".`, mend)];
  }
  return [];
}

function checkRequired(dialogs: ReadonlyMap<string, Dialog>, options: CheckOptions): DialogMistake[] {
  const required = options.required ?? Object.values(ENGINE_DIALOGS);
  return required
    .filter((id) => !dialogs.has(id))
    .map((id) =>
      mistake('missing_dialog', { file: `${id}.dialog.yaml` }, 'the file is missing.', 'The engine needs it.'),
    );
}
