import { join } from 'node:path';
import { createDialogEngine } from '../../src/dialogs/create-dialog-engine.ts';
import { loadAnswers } from '../../src/dialogs/load-answers.ts';
import { loadDialogs } from '../../src/dialogs/load-dialogs.ts';

export const TREES = join(import.meta.dirname, '../../src/dialogs/trees');

export const CONSTANTS = {
  utility_name: 'Tổng công ty Điện lực miền Nam',
  hotline: '1900 1006',
  hotline_tel: '19001006',
  website: 'cskh.evnspc.vn',
};

/** The real trees and an engine that runs them. */
export function loadTrees() {
  const dialogs = loadDialogs(TREES);
  return {
    dialogs,
    byId: new Map(dialogs.map((dialog) => [dialog.id, dialog])),
    engine: createDialogEngine({ dialogs, constants: CONSTANTS, answers: loadAnswers() }),
  };
}
