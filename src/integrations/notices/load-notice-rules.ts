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

/** Law 61/2024, Art. 49: at least 5 days before. */
const leadDays = z.number().int().min(5).max(90);

const schema = z.strictObject({
  quiet_hours: quietHoursSchema,
  pace_per_second: z.record(z.string(), z.number().positive()).and(z.object({ other: z.number().positive() })),
  planned_outage: z.strictObject({
    lead_days: z
      .strictObject({
        subscribers: leadDays,
        accounts: z.record(z.string(), leadDays).and(z.object({ business: leadDays })),
      })
      .refine(({ subscribers, accounts }) => Object.values(accounts).every((days) => days >= subscribers), {
        path: ['accounts'],
        error: 'tell accounts later than subscribers',
      }),
    remind_after_hours: z.number().positive(),
    call_before_hours: z.number().positive(),
  }),
  topics: topics(),
});

type Topics = Record<Exclude<NoticeTopic, SubscribedTopic>, typeof topic> & Record<SubscribedTopic, typeof offered>;

function isOffered(name: NoticeTopic): boolean {
  return (SUBSCRIBED_TOPICS as readonly NoticeTopic[]).includes(name);
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const DEFAULT_PATH = join(import.meta.dirname, '../../../data/notices/rules.yaml');

/** Reads `data/notices/rules.yaml`. Throws with the file's name and what to mend. */
export function loadNoticeRules(path: string = DEFAULT_PATH): NoticeRules {
  const result = schema.safeParse(load(readFileSync(path, 'utf8')));
  if (!result.success) {
    throw new Error(`${path}: ${z.prettifyError(result.error)}. Mend this file.`);
  }
  const { topics: rules, quiet_hours: quiet, pace_per_second: paces, planned_outage: planned } = result.data;
  const { subscribers, accounts } = planned.lead_days;
  return {
    pace: (channel) => paces[channel] ?? paces.other,
    plannedOutage: {
      ownLeadMs: subscribers * DAY_MS,
      leadMs: new Map(Object.entries(accounts).map(([kind, days]) => [kind, days * DAY_MS])),
      remindAfterMs: planned.remind_after_hours * HOUR_MS,
      callBeforeMs: planned.call_before_hours * HOUR_MS,
    },
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
