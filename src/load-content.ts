import { join } from 'node:path';
import type { NoticeRules } from './bot/notices/notice-rules.ts';
import type { Answer } from './dialogs/answer.ts';
import { createDialogEngine } from './dialogs/create-dialog-engine.ts';
import type { DialogEngine } from './dialogs/dialog-engine.ts';
import type { Slots } from './dialogs/run-action.ts';
import { hotlineOf, loadUtility, type Utility } from './integrations/load-utility.ts';
import { loadNoticeRules } from './integrations/notices/load-notice-rules.ts';
import { loadNoticeTemplates, type NoticeTemplates } from './integrations/notices/load-notice-templates.ts';
import { loadSiteLetters, type SiteLetters } from './integrations/notices/load-site-letters.ts';
import { loadKeptContent } from './kept-content.ts';
import { listIntentFiles } from './nlu/load-intents.ts';
import { loadOrTrainModel } from './nlu/load-model.ts';
import { provincesOfName } from './nlu/provinces-of-name.ts';
import { createUnderstand } from './nlu/understand.ts';
import type { Understand } from './nlu/understanding.ts';
import type { Tariffs } from './tariffs/tariff.ts';

/** Everything the bot knows that is not about one customer: how to understand, what to say, prices, the utility itself. */
export interface Content {
  readonly understand: Understand;
  /** Names of all intents. */
  readonly intents: readonly string[];
  readonly engine: DialogEngine;
  readonly answers: readonly Answer[];
  readonly utility: Utility;
  /** The provinces of today that have a place of this name. */
  readonly provincesOfName: (name: string) => readonly string[];
  readonly tariffs: Tariffs;
  readonly noticeRules: NoticeRules;
  readonly noticeTemplates: NoticeTemplates;
  readonly siteLetters: SiteLetters;
}

export const DATA_FOLDER = join(import.meta.dirname, '..', 'data');
export const INTENTS_FOLDER = join(DATA_FOLDER, 'intents');
export const TREES_FOLDER = join(import.meta.dirname, 'dialogs', 'trees');

export interface ContentOptions {
  /** Folder for the trained model, and for what was read and checked before. */
  readonly cacheFolder: string;
  /** When and how fast notices go out, where `data/notices/rules.yaml` does not say it. */
  readonly noticeRules?: NoticeRules;
  /** Called when the model has to be trained first, which takes seconds. */
  readonly onTraining?: () => void;
}

/** Loads the content files. Throws with the file and the way to mend it when one is broken. */
export function loadContent({ cacheFolder, noticeRules = loadNoticeRules(), onTraining }: ContentOptions): Content {
  const utility = loadUtility(join(DATA_FOLDER, 'utility'));
  const intents = listIntentFiles(INTENTS_FOLDER).map((name) => name.replace(/\.yaml$/, ''));
  const { dialogs, answers, tariffs } = loadKeptContent({
    ...{ treesFolder: TREES_FOLDER, intents },
    cacheFile: join(cacheFolder, 'content.json'),
  });
  const model = loadOrTrainModel({
    intentsFolder: INTENTS_FOLDER,
    cacheFile: join(cacheFolder, 'intents.model'),
    ...(onTraining !== undefined && { onTraining }),
  });
  return {
    understand: createUnderstand(model),
    intents,
    engine: createDialogEngine({ dialogs, constants: constantsOf(utility), answers }),
    answers,
    utility,
    provincesOfName: (name) => provincesOfName(model.lists.places, name),
    tariffs,
    noticeRules,
    noticeTemplates: loadNoticeTemplates(),
    siteLetters: loadSiteLetters(),
  };
}

/** What every dialog may say of the utility itself. */
function constantsOf({ ours }: Utility): Slots {
  return { utility_name: ours.name, website: ours.website, ...hotlineOf(ours) };
}
