import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { checkDialogs } from './authoring/check-dialogs.ts';
import { type DialogMistake, DialogMistakes, mistake } from './authoring/dialog-mistake.ts';
import { type ReadDialog, readDialog } from './authoring/read-dialog.ts';
import { readSharedChoices, type SharedChoices } from './authoring/shared-choices.ts';
import type { Dialog } from './dialog.ts';

export interface LoadDialogsOptions {
  /** The catalogue of intents; left out, intent names are not checked. */
  readonly intents?: readonly string[];
  /** Placeholders that every dialog may use. */
  readonly constants?: readonly string[];
}

/** Placeholders that are always filled, see `DialogEngineConfig`. */
export const CONSTANT_SLOTS = ['utility_name', 'hotline', 'hotline_tel', 'website'] as const;

/** Beside the dialogs: choices that several of them offer in the same words. */
const SHARED_CHOICES = 'shared-choices.yaml';

/** Reads and checks every `*.dialog.yaml` of a folder; throws `DialogMistakes` with all mistakes found. */
export function loadDialogs(folder: string, options: LoadDialogsOptions = {}): readonly Dialog[] {
  const mistakes: DialogMistake[] = [];
  const sources: { readonly file: string; readonly dialog: Dialog }[] = [];
  const files = readdirSync(folder).filter((name) => name.endsWith('.dialog.yaml'));
  const shared = readSharedChoices(SHARED_CHOICES, readFileSync(join(folder, SHARED_CHOICES), 'utf8'));
  for (const file of files.sort()) {
    const read = readDialogText(file, readFileSync(join(folder, file), 'utf8'), shared);
    mistakes.push(...read.mistakes);
    if (read.dialog !== undefined) {
      sources.push({ file, dialog: read.dialog });
    }
  }
  // A half-read dialog would only bring follow-up mistakes.
  const all = mistakes.length > 0 ? mistakes : checkDialogs(sources, { constants: CONSTANT_SLOTS, ...options });
  if (all.length > 0) {
    throw new DialogMistakes(all);
  }
  return sources.map(({ dialog }) => dialog);
}

/** Reads one dialog from its YAML text. */
export function readDialogText(file: string, text: string, shared: SharedChoices = {}): ReadDialog {
  let raw: unknown;
  try {
    raw = load(text);
  } catch (error) {
    return { mistakes: [mistake('not_yaml', { file }, String(error), 'Mend the YAML at that line.')] };
  }
  return readDialog(file, raw, shared);
}
