import { join } from 'node:path';
import { DialogMistakes } from '../src/dialogs/authoring/dialog-mistake.ts';
import { loadAnswers } from '../src/dialogs/load-answers.ts';
import { loadDialogs } from '../src/dialogs/load-dialogs.ts';
import { unservedIntents } from '../src/dialogs/unserved-intents.ts';
import { listIntentFiles } from '../src/nlu/load-intents.ts';

const ROOT = join(import.meta.dirname, '..');

/** Says every mistake in the dialog trees and answers, with file, node, key and how to mend it. */
function main(): void {
  const intents = listIntentFiles(join(ROOT, 'data', 'intents')).map((name) => name.replace(/\.yaml$/, ''));
  try {
    const dialogs = loadDialogs(join(ROOT, 'src', 'dialogs', 'trees'), { intents });
    const answers = loadAnswers();
    const unserved = unservedIntents(intents, dialogs, answers);
    if (unserved.length > 0) {
      console.error(unserved.join('\n'));
      process.exitCode = 1;
      return;
    }
    console.log(`${dialogs.length} dialogs, ${answers.length} answers, no mistake.`);
  } catch (error) {
    if (!(error instanceof DialogMistakes)) {
      throw error;
    }
    console.error(error.message);
    process.exitCode = 1;
  }
}

main();
