import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { z } from 'zod';
import type { CrisisMessage } from '../../bot/crisis/crisis-message.ts';
import { crisisHeading } from '../../bot/crisis/match-crisis.ts';

/** An answer that agents use again and again. */
export interface CannedAnswer {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

export interface OfferedAnswer extends CannedAnswer {
  /** A crisis message in force: changed where it was published, and nowhere else. */
  readonly isCrisis?: true;
}

/** A change made at the desk; it comes before the answer of the same id in `data/desk`. */
export interface CannedChange extends CannedAnswer {
  /** No longer offered. */
  readonly isRemoved: boolean;
  readonly changedBy: string;
  /** UTC ms. */
  readonly changedAt: number;
}

export interface CannedChanges {
  /** The newest change of each id. */
  cannedChanges(): Promise<readonly CannedChange[]>;
  changeCanned(change: CannedChange): Promise<void>;
}

export const CANNED_ID = /^[a-z0-9_]{1,40}$/;
export const CANNED_TITLE_LIMIT = 80;
export const CANNED_TEXT_LIMIT = 2_000;

const file = z.array(
  z.strictObject({
    id: z.string().regex(CANNED_ID),
    title: z.string().min(1).max(CANNED_TITLE_LIMIT),
    text: z.string().min(1).max(CANNED_TEXT_LIMIT),
  }),
);

const DEFAULT_FILE = join(import.meta.dirname, '../../../data/desk/canned-answers.yaml');

/** Reads the answers that the utility begins with. Throws with the file's name and what to mend. */
export function loadCannedAnswers(path: string = DEFAULT_FILE): readonly CannedAnswer[] {
  const result = file.safeParse(load(readFileSync(path, 'utf8')));
  if (!result.success) {
    throw new Error(`${path}: ${z.prettifyError(result.error)}. Mend this file.`);
  }
  return result.data;
}

/** What is told to everybody while it is in force, ready to be said. */
export function crisisAnswers(inForce: readonly CrisisMessage[]): readonly OfferedAnswer[] {
  return inForce.map((message) => ({
    ...{ id: `crisis/${message.id}`, title: crisisHeading(message), text: message.text, isCrisis: true },
  }));
}

/** What is offered: the file, with what was changed at the desk. In the order of the titles. */
export function offeredAnswers(
  given: readonly CannedAnswer[],
  changes: readonly CannedChange[],
): readonly CannedAnswer[] {
  const byId = new Map(given.map((answer) => [answer.id, answer]));
  for (const { id, title, text, isRemoved } of changes) {
    if (isRemoved) {
      byId.delete(id);
    } else {
      byId.set(id, { id, title, text });
    }
  }
  return [...byId.values()].sort((a, b) => a.title.localeCompare(b.title, 'vi'));
}
