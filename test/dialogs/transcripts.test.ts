import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { exitsOf } from '../../src/dialogs/dialog.ts';
import { foldWords } from '../../src/dialogs/fold-words.ts';
import { hasFigure } from '../../src/dialogs/has-figure.ts';
import { toPlainText } from '../../src/dialogs/reply.ts';
import { loadOrTrainModel } from '../../src/nlu/load-model.ts';
import { createUnderstand } from '../../src/nlu/understand.ts';
import { loadTrees } from '../support/load-trees.ts';
import { tooLong } from '../support/longest-reply.ts';
import { type Played, playTranscript } from '../support/play-transcript.ts';
import { readTranscript } from '../support/read-transcript.ts';

const ROOT = join(import.meta.dirname, '../conversations');
const INTENTS = join(import.meta.dirname, '../../data/intents');
const UNUSED = join(ROOT, 'unused-exits.txt');
/** What customers do, by the folder of a transcript, and how often it must at least be shown. */
const LEAST: Readonly<Record<string, number>> = {
  'happy-path': 80,
  correction: 32,
  cancellation: 25,
  digression: 20,
  'wrong-input': 100,
  privacy: 34,
  emergency: 15,
  'hand-off': 20,
  'return-to-bot': 10,
  help: 6,
  tone: 1,
};
/** Exits that may be reached by no transcript, each with its reason beside it. Lower it, never raise it. */
const MOST_UNUSED = 4;
/** Set to write what was played into the files; then read the difference before it is committed. */
const isUpdate = process.env['UPDATE_TRANSCRIPTS'] !== undefined;

const { dialogs, engine } = loadTrees();
const understand = createUnderstand(
  loadOrTrainModel({ intentsFolder: INTENTS, cacheFile: join(tmpdir(), 'lang-nghe-test', 'transcripts.model') }),
);
const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.chat'))
  .sort();
const transcripts = files.map((name) => {
  const text = readFileSync(join(ROOT, name), 'utf8');
  return { name, text, transcript: readTranscript(relative(ROOT, join(ROOT, name)), text) };
});

function withoutMarks(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D');
}

/** Without marks "chi" may be "chị" or "chỉ": what stays in doubt is said in the neutral form. */
function neutral(text: string): string {
  return text.replaceAll(/^(?:(?:bot|info)> | {6}).*$/gm, (line) =>
    line
      .replaceAll(/(?<!\p{L})(?:anh\/chị|anh|chị|cô|chú|bác|ông|bà|dì)(?!\p{L})/giu, 'anh/chị')
      .replaceAll(/(?<!\p{L})(?:mình|em|cháu|con)(?!\p{L})/giu, 'mình'),
  );
}

/** As it stands in the file now: what has just been filled in must go the same way, too. */
function textOf({ name, text }: { readonly name: string; readonly text: string }): string {
  return isUpdate ? readFileSync(join(ROOT, name), 'utf8') : text;
}

/** What the actions were given may differ in marks, and the forms of address; nothing else may. */
function inEveryWriting(text: string): string {
  return neutral(text).replaceAll(/^does .*$/gm, foldWords);
}

/** Which words leave a doubt changes with the training data; how a doubt is settled is played as written. */
function isAboutDoubt(name: string): boolean {
  return name.split(sep)[0] === 'clarify';
}

/** Time to play all transcripts in one test, on a machine that is busy with other work, too. */
const ALL_PLAYED_MS = 120_000;

describe('transcripts', () => {
  test.each(transcripts.map((each) => [each.name, each] as const))('%s goes as written', async (_, each) => {
    const played = await playTranscript(each.transcript, { engine });
    if (isUpdate) {
      writeFileSync(join(ROOT, each.name), played.text);
    }
    expect(played.text).toBe(isUpdate ? played.text : each.text);
    expect(played.replies.map(toPlainText).join('\n')).not.toMatch(/[{}]|undefined/);
    expect(tooLong(played.replies)).toEqual([]);
  });

  test.each(transcripts.map((each) => [each.name, each] as const))(
    '%s goes the same way with the real understanding',
    async (_, each) => {
      const { text } = await playTranscript(each.transcript, {
        engine,
        understand,
        keepsDoubt: isAboutDoubt(each.name),
      });
      expect(text).toBe(textOf(each));
    },
  );

  test.each(transcripts.map((each) => [each.name, each] as const))(
    '%s goes the same way without any marks',
    async (_, each) => {
      const keepsDoubt = isAboutDoubt(each.name);
      const { text } = await playTranscript(each.transcript, { engine, understand, keepsDoubt, write: withoutMarks });
      expect(inEveryWriting(text)).toBe(inEveryWriting(textOf(each)));
    },
  );

  test.each(Object.entries(LEAST))('of the kind %s are at least %i', (kind, least) => {
    expect(files.filter((name) => name.split(sep)[1] === kind).length).toBeGreaterThanOrEqual(least);
  });

  test('stand in folders of a known kind', () => {
    const kinds = new Set(files.map((name) => name.split(sep)[1]));
    expect([...kinds].filter((kind) => LEAST[kind ?? ''] === undefined)).toEqual([]);
  });

  test.each(transcripts.map((each) => [each.name, each] as const))(
    '%s tells no figure without where it comes from',
    async (_, each) => {
      const { turns } = await playTranscript(each.transcript, { engine });
      const bare = turns.flatMap(({ replies, provenance }) => (provenance.length > 0 ? [] : replies));
      const ofTheBot = bare.flatMap(({ author, reply }) => (author === 'agent' ? [] : [reply]));
      expect(ofTheBot.filter(hasFigure).map(toPlainText)).toEqual([]);
    },
  );

  test(
    'never store a one-time code in the state of a conversation',
    async () => {
      for (const { transcript } of transcripts) {
        const { states } = await playTranscript(transcript, { engine });
        expect(JSON.stringify(states.map(({ stack, known, ended }) => ({ stack, known, ended })))).not.toContain(
          '"otp"',
        );
      }
    },
    ALL_PLAYED_MS,
  );

  test(
    'are listed with the exits that none of them uses',
    async () => {
      const played = await Promise.all(transcripts.map(({ transcript }) => playTranscript(transcript, { engine })));
      const reasons = reasonsIn(readFileSync(UNUSED, 'utf8'));
      const unused = unusedExits(played, reasons);
      if (isUpdate) {
        writeFileSync(UNUSED, unused);
      }
      expect(unused).toBe(readFileSync(UNUSED, 'utf8'));
      expect(reasons.size).toBeLessThanOrEqual(MOST_UNUSED);
      expect([...reasons].filter(([, reason]) => reason.length < 10)).toEqual([]);
    },
    ALL_PLAYED_MS,
  );
});

/** `<dialog>/<node>/<exit>: why no conversation goes there`; the first line is a heading. */
function reasonsIn(text: string): ReadonlyMap<string, string> {
  const lines = text.trim().split('\n').slice(1);
  return new Map(lines.map((line) => [line.split(': ')[0] ?? '', line.split(': ').slice(1).join(': ')]));
}

function unusedExits(played: readonly Played[], reasons: ReadonlyMap<string, string>): string {
  const used = new Set(played.flatMap(({ path }) => path.map((each) => `${each.dialog}/${each.node}/${each.exit}`)));
  // A notice is said by the bot itself: no conversation leaves it by an exit.
  const walked = dialogs.filter(({ isNotice }) => !isNotice);
  const all = walked.flatMap((dialog) =>
    Object.entries(dialog.nodes).flatMap(([node, each]) =>
      exitsOf(each).map(({ name }) => `${dialog.id}/${node}/${name}`),
    ),
  );
  const unused = all.filter((exit) => !used.has(exit));
  return [
    `# ${all.length - unused.length} of ${all.length} exits are used by transcripts. Not used, and why:`,
    ...unused.map((exit) => `${exit}: ${reasons.get(exit) ?? ''}`),
    '',
  ].join('\n');
}
