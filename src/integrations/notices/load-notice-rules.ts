import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { NOTICE_TOPICS, type NoticeTopic } from '../../bot/notices/notice.ts';
import type { NoticeRules } from '../../bot/notices/notice-rules.ts';
import { endOfQuiet, quietHoursSchema } from './quiet-hours.ts';

const topic = z.strictObject({
  label: z.string().min(1),
  quiet_hours: z.enum(['keep', 'break_when_asked', 'break']),
});
const schema = z.strictObject({
  quiet_hours: quietHoursSchema,
  topics: z.strictObject(
    Object.fromEntries(NOTICE_TOPICS.map((name) => [name, topic])) as Record<NoticeTopic, typeof topic>,
  ),
});

const DEFAULT_PATH = join(import.meta.dirname, '../../../data/notices/rules.yaml');

/** Reads `data/notices/rules.yaml`. Throws with the file's name and what to mend. */
export function loadNoticeRules(path: string = DEFAULT_PATH): NoticeRules {
  const result = schema.safeParse(parse(readFileSync(path, 'utf8')));
  if (!result.success) {
    throw new Error(`${path}: ${z.prettifyError(result.error)}. Mend this file.`);
  }
  const { topics, quiet_hours: quiet } = result.data;
  return {
    label: (name) => topics[name].label,
    quietUntil(name, now, isAsked) {
      const rule = topics[name].quiet_hours;
      return rule === 'break' || (rule === 'break_when_asked' && isAsked) ? undefined : endOfQuiet(quiet, now);
    },
  };
}
