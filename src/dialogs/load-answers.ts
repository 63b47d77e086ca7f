import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { z } from 'zod';
import type { Answer } from './answer.ts';
import { toneTroubles } from './authoring/check-tone.ts';
import { foldPattern } from './fold-words.ts';
import { placeholdersIn } from './render-words.ts';

/** What an answer may say of the utility; see `data/utility`. */
const ANSWER_PLACEHOLDERS = ['utility_name', 'hotline', 'hotlines', 'website', 'email', 'app'] as const;

const text = z.string().min(1);
const day = z.iso.date('is not a day YYYY-MM-DD');
const answer = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_]*$/),
  words: z.array(text).default([]),
  names_request: z.literal(true).exactOptional(),
  text,
  source: text,
  from: day,
  to: day.exactOptional(),
  updated: day,
  review_by: day,
});
export const ANSWERS_FILE = z.strictObject({
  intent: text,
  holds_for: text,
  after_any_topic: z.literal(true).exactOptional(),
  answers: z.array(answer).min(1),
});

type AnswerRow = z.infer<typeof answer>;

const DEFAULT_FOLDER = join(import.meta.dirname, '../../data/answers');

/** Reads and checks every answer. Throws with the file, the answer and what to mend, one line per mistake. */
export function loadAnswers(folder: string = DEFAULT_FOLDER): readonly Answer[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  const read = files.sort().map((file) => readAnswers(file, readFileSync(join(folder, file), 'utf8')));
  const mistakes = read.flatMap((each) => each.mistakes);
  if (mistakes.length > 0) {
    throw new Error(mistakes.map((mistake) => join(folder, mistake)).join('\n'));
  }
  return read.flatMap((each) => each.answers);
}

interface ReadAnswers {
  readonly answers: readonly Answer[];
  readonly mistakes: readonly string[];
}

/** Reads the answers of one file from its YAML text. Each mistake begins with the file's name. */
export function readAnswers(file: string, yaml: string): ReadAnswers {
  let raw: unknown;
  try {
    raw = load(yaml);
  } catch (error) {
    return { answers: [], mistakes: [`${file}: ${String(error)}. Mend the YAML at that line.`] };
  }
  const parsed = ANSWERS_FILE.safeParse(raw);
  if (!parsed.success) {
    const mistakes = parsed.error.issues.map(
      ({ path, message }) => `${file}: ${path.join('.') || 'the file'}: ${message}. Mend this key.`,
    );
    return { answers: [], mistakes };
  }
  const { intent, holds_for: holdsFor, after_any_topic: isForAnyTopic, answers } = parsed.data;
  const mistakes = [...fileMistakes(file, intent, answers), ...answers.flatMap(answerMistakes)];
  return {
    answers: answers.map(({ review_by: reviewBy, names_request: namesRequest, ...row }) => ({
      ...row,
      id: `${intent}/${row.id}`,
      text: row.text.normalize('NFC').trim(),
      intent,
      holdsFor,
      reviewBy,
      ...(isForAnyTopic && { isForAnyTopic }),
      ...(namesRequest && { namesRequest }),
    })),
    mistakes: mistakes.map((mistake) => `${file}: ${mistake}`),
  };
}

function fileMistakes(file: string, intent: string, answers: readonly AnswerRow[]): readonly string[] {
  const ids = answers.map(({ id }) => id);
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
  const always = answers.filter(({ words, to }) => words.length === 0 && to === undefined);
  return [
    ...(file === `${intent}.yaml` ? [] : [`it holds the intent "${intent}". Name the file ${intent}.yaml.`]),
    ...twice.map((id) => `${id} is there twice. Give one of them another id.`),
    ...(always.length === 1
      ? []
      : [`${always.length} answers have neither words nor "to". Leave exactly one, for questions that fit no other.`]),
  ];
}

function answerMistakes({ id, text: words, words: asked, from, to = from, updated, review_by }: AnswerRow): string[] {
  const known: readonly string[] = ANSWER_PLACEHOLDERS;
  const unknown = placeholdersIn(words).filter((name) => !known.includes(name));
  return [
    ...unknown.map((name) => `${id}: nothing fills {${name}}. Use one of: ${known.join(', ')}.`),
    ...toneTroubles(words).map(({ wrong, mend }) => `${id}: ${wrong}. ${mend}`),
    ...asked
      .filter((each) => foldPattern(each) !== each)
      .map((each) => `${id}: "${each}" is not folded. Write "${foldPattern(each)}".`),
    ...(to < from ? [`${id}: it ends before it begins. Mend "from" or "to".`] : []),
    ...(review_by <= updated ? [`${id}: it is to be reviewed before it was updated. Mend "review_by".`] : []),
  ];
}
