import { loadIntents } from '../../src/nlu/load-intents.ts';
import { loadLists } from '../../src/nlu/load-model.ts';
import { prepare } from '../../src/nlu/normalize.ts';
import { tokenize } from '../../src/nlu/tokenize.ts';
import { heldOutMargins } from '../../src/nlu/train-model.ts';
import type { Options } from '../nlu.ts';
import { OWN_DATA } from './open-model.ts';
import { STYLES } from './styles.ts';

const NEAR = 0.75;
const FEW = 3;
const MOST_SHOWN = 40;

interface Line {
  readonly intent: string;
  readonly utterance: string;
  readonly words: ReadonlySet<string>;
}

/** Reports what an author of training utterances should look at again. */
export function lint(options: Options): void {
  const intents = loadIntents(options.data ?? OWN_DATA);
  const lines = intents.flatMap(({ intent, utterances }) =>
    utterances.map((utterance) => ({
      intent,
      utterance,
      words: new Set(tokenize(prepare(utterance)).map((token) => token.folded)),
    })),
  );
  const margins = heldOutMargins(intents, { seed: 1, lists: loadLists() });
  const names = intents.map(({ intent }) => intent);
  print('Near-copies (say it another way, or drop one)', nearCopies(lines));
  print(
    'Closer to another intent than to their own (move, reword, or draw the border better)',
    lines.flatMap((line, i) => {
      const row = [...margins.margins.subarray(i * names.length, (i + 1) * names.length)];
      const best = names[row.indexOf(Math.max(...row))] as string;
      return best === line.intent ? [] : [`${line.intent} → ${best}: ${line.utterance}`];
    }),
  );
  print(
    'Words of one intent only, seen in three utterances or more (does the word decide, or chance?)',
    lonelyWords(lines),
  );
  print(
    'Styles with fewer than three utterances',
    intents.flatMap(({ intent, utterances }) =>
      STYLES.filter(({ is }) => utterances.filter((utterance) => is(utterance)).length < FEW).map(
        ({ name }) => `${intent}: ${name}`,
      ),
    ),
  );
}

function print(title: string, found: readonly string[]): void {
  process.stdout.write(`${title}: ${found.length}\n`);
  for (const line of found.slice(0, MOST_SHOWN)) process.stdout.write(`  ${line}\n`);
  if (found.length > MOST_SHOWN) process.stdout.write(`  … and ${found.length - MOST_SHOWN} more\n`);
}

function nearCopies(lines: readonly Line[]): string[] {
  const found: string[] = [];
  lines.forEach((line, i) => {
    for (const other of lines.slice(i + 1)) {
      if (Math.min(line.words.size, other.words.size) < 2) continue;
      const shared = [...line.words].filter((word) => other.words.has(word)).length;
      const likeness = shared / (line.words.size + other.words.size - shared);
      if (likeness < NEAR) continue;
      found.push(`${likeness.toFixed(2)} ${line.intent}: ${line.utterance} | ${other.intent}: ${other.utterance}`);
    }
  });
  return found.sort().reverse();
}

function lonelyWords(lines: readonly Line[]): string[] {
  const seen = new Map<string, Map<string, number>>();
  for (const { intent, words } of lines) {
    for (const word of words) {
      const counts = seen.get(word) ?? new Map<string, number>();
      counts.set(intent, (counts.get(intent) ?? 0) + 1);
      seen.set(word, counts);
    }
  }
  return [...seen]
    .filter(
      ([word, counts]) => counts.size === 1 && !/^\d/.test(word) && [...counts.values()].some((count) => count >= FEW),
    )
    .map(([word, counts]) => `${word}: ${[...counts].map(([intent, count]) => `${intent} (${count})`).join()}`);
}
