import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { z } from 'zod';
import { NOTICE_TOPICS, type NoticeTopic } from '../../bot/notices/notice.ts';
import type { NoticeRules } from '../../bot/notices/notice-rules.ts';
import { SUBSCRIBED_TOPICS, type SubscribedTopic } from '../../dialogs/subscribed-topic.ts';
import { endOfQuiet, quietHoursSchema } from './quiet-hours.ts';

const topic = z.strictObject({
  label: z.string().min(1),
  quiet_hours: z.enum(['keep', 'break_when_asked', 'break']),
});
const offered = topic.extend({ offer: z.strictObject({ personal: z.boolean(), consent: z.string().min(1) }) });

/** Every topic has its rules; those that can be subscribed to have an offer too. */
function topics() {
  const shapes = NOTICE_TOPICS.map((name) => [name, isOffered(name) ? offered : topic]);
  return z.strictObject(Object.fromEntries(shapes) as Topics);
}

const schema = z.strictObject({
  quiet_hours: quietHoursSchema,
  pace_per_second: z.record(z.string(), z.number().positive()).and(z.object({ other: z.number().positive() })),
  topics: topics(),
});

type Topics = Record<Exclude<NoticeTopic, SubscribedTopic>, typeof topic> & Record<SubscribedTopic, typeof offered>;

function isOffered(name: NoticeTopic): boolean {
  return (SUBSCRIBED_TOPICS as readonly NoticeTopic[]).includes(name);
}

const DEFAULT_PATH = join(import.meta.dirname, '../../../data/notices/rules.yaml');

/** Reads `data/notices/rules.yaml`. Throws with the file's name and what to mend. */
export function loadNoticeRules(path: string = DEFAULT_PATH): NoticeRules {
  const result = schema.safeParse(load(readFileSync(path, 'utf8')));
  if (!result.success) {
    throw new Error(`${path}: ${z.prettifyError(result.error)}. Mend this file.`);
  }
  const { topics: rules, quiet_hours: quiet, pace_per_second: paces } = result.data;
  return {
    pace: (channel) => paces[channel] ?? paces.other,
    label: (name) => rules[name].label,
    offer(name) {
      const { personal, consent } = rules[name].offer;
      return { isPersonal: personal, consent };
    },
    quietUntil(name, now, isAsked) {
      const rule = rules[name].quiet_hours;
      return rule === 'break' || (rule === 'break_when_asked' && isAsked) ? undefined : endOfQuiet(quiet, now);
    },
  };
}
