import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { DIALOG_SCHEMA, NODE_SCHEMAS } from '../../src/dialogs/authoring/dialog-schema.ts';
import { SHARED_CHOICE } from '../../src/dialogs/authoring/shared-choices.ts';
import { ANSWERS_FILE } from '../../src/dialogs/load-answers.ts';
import { TEMPLATES_FILE } from '../../src/integrations/notices/load-notice-templates.ts';
import { INTENT_FILE } from '../../src/nlu/load-intents.ts';

const GUIDE = readFileSync(join(import.meta.dirname, '../../docs/vi/nguoi-bien-soan.md'), 'utf8');
const [, ANSWERS = '', DIALOGS = '', INTENTS = ''] = GUIDE.split(/^## (?=Câu trả lời|Kịch bản|Dạy bot|Thử)/m);
const NOTICES = GUIDE.split(/^## (?=Tin báo|Giá điện)/m)[1] ?? '';

/** Every name that somebody may write in a file of this form, inside lists and choices, too. */
function keysOf(schema: z.ZodType): readonly string[] {
  return [...new Set(keysIn(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })))];
}

function keysIn(part: unknown): readonly string[] {
  if (typeof part !== 'object' || part === null) {
    return [];
  }
  const own = 'properties' in part && typeof part.properties === 'object' ? Object.keys(part.properties ?? {}) : [];
  return [...own, ...Object.values(part).flatMap(keysIn)];
}

test.each([
  ['an answer', ANSWERS_FILE, ANSWERS],
  ['a dialog', DIALOG_SCHEMA, DIALOGS],
  ...Object.entries(NODE_SCHEMAS).map(([kind, schema]) => [`a node ${kind}`, schema, DIALOGS] as const),
  ['a shared choice', SHARED_CHOICE, DIALOGS],
  ['an intent', INTENT_FILE, INTENTS],
  ['a notice template', TEMPLATES_FILE, NOTICES],
] as const)('the guide of the authors explains every key of %s', (_, schema, section) => {
  const keys = keysOf(schema);
  expect(keys.length).toBeGreaterThan(1);
  expect(keys.filter((key) => !section.includes(`\`${key}\``))).toEqual([]);
});
