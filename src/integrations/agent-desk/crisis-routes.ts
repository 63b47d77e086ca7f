import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type ChangeCrisis, createChangeCrisis } from '../../bot/crisis/change-crisis.ts';
import { type CrisisFacts, type CrisisMessage, isInForce } from '../../bot/crisis/crisis-message.ts';
import type { CrisisRecords } from '../../bot/crisis/crisis-records.ts';
import { matchQuestion } from '../../bot/crisis/match-crisis.ts';
import { createTellOfDanger } from '../../bot/crisis/tell-of-danger.ts';
import type { CampaignStore } from '../../bot/notices/campaign.ts';
import type { NoticeLedger } from '../../bot/notices/notice-ledger.ts';
import type { Subscriptions } from '../../bot/notices/subscription.ts';
import type { Clock, Ids } from '../../bot/ports.ts';
import type { DialogEngine } from '../../dialogs/dialog-engine.ts';
import { toPlainText } from '../../dialogs/reply.ts';
import type { Understand } from '../../nlu/understanding.ts';
import { type CrisisCheck, checkCrisis, lengthsOf } from '../crisis/check-crisis.ts';
import { cutInTemplate } from '../crisis/crisis-template.ts';
import { crisisWords } from '../crisis/crisis-words.ts';
import type { NoticeTemplates } from '../notices/load-notice-templates.ts';
import type { SmsFit } from '../sms/fit-settings.ts';
import type { AuditAction, AuditLog } from './audit-log.ts';
import type { DeskRefusal } from './desk-api/acts.ts';
import type {
  CrisesAnswer,
  CrisisAnswer,
  CrisisPreview,
  CrisisTrial,
  CrisisVersionsAnswer,
} from './desk-api/crises.ts';
import { agentOf, refuse } from './guard.ts';

export interface CrisisRouteDeps {
  readonly crises: CrisisRecords;
  readonly engine: Pick<DialogEngine, 'notice'>;
  readonly understand: Understand;
  readonly intents: readonly string[];
  readonly utility: { readonly ours: { readonly website: string; readonly email?: string } };
  readonly isOurProvince: (name: string) => boolean;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly ids: Pick<Ids, 'ticketNumber'>;
  readonly campaigns: Pick<CampaignStore, 'create' | 'find' | 'list' | 'change'>;
  readonly noticeLedger: Pick<NoticeLedger, 'drop'>;
  readonly subscriptions: Pick<Subscriptions, 'count'>;
  readonly smsFit: SmsFit;
  readonly noticeTemplates: Pick<NoticeTemplates, 'fill'>;
}

const ENDED_SHOWN_MS = 7 * 86_400_000;
const MOST_SHOWN = 200;
/** Danger has its own words, and nothing stands before them. */
const NEVER_ABOUT: readonly string[] = ['safety_emergency'];

const line = (max: number) =>
  z
    .string()
    .transform((text) => text.normalize('NFC').trim())
    .pipe(z.string().min(1).max(max));
const names = z.array(line(100)).max(50);
const id = z.string().min(1).max(100);
const oneQuery = z.object({ id });

/** Crisis messages, as dispatchers and leaders publish, change and withdraw them. */
export function registerCrisisRoutes(desk: FastifyInstance, deps: CrisisRouteDeps): void {
  const { crises, clock } = deps;
  const offered = deps.intents.filter((intent) => !NEVER_ABOUT.includes(intent));
  const facts: z.ZodType<CrisisFacts> = z.strictObject({
    state: z.enum(['published', 'withdrawn']),
    // What is too long, but no attack, is told in words of its own.
    title: line(1_000),
    text: line(5_000),
    questions: z.strictObject({
      intents: z.array(z.string().refine((intent) => offered.includes(intent))),
      keywords: names,
    }),
    area: z.strictObject({ province: line(100), places: names }).exactOptional(),
    isDanger: z.boolean(),
    expiresAt: z.number().int().positive(),
  });
  const isTold = z.boolean().default(false);
  const publication = z.strictObject({ facts, isTold });
  const change = z.strictObject({ id, version: z.number().int().positive(), facts, isTold });
  const trial = z.strictObject({ facts, question: z.string().max(500).exactOptional() });
  const changeCrisis = createChangeCrisis(deps);
  const tellOfDanger = createTellOfDanger(deps);

  desk.get('/desk/api/crises', async (): Promise<CrisesAnswer> => {
    const now = clock.now();
    const all = await crises.crisesSince(now - ENDED_SHOWN_MS, MOST_SHOWN);
    const inForce = all.filter((message) => isInForce(message, now));
    return { now, inForce, ended: all.filter((message) => !isInForce(message, now)), intents: offered };
  });

  desk.get('/desk/api/crises/versions', async (request): Promise<CrisisVersionsAnswer> => {
    return { versions: await crises.crisisVersions(oneQuery.parse(request.query).id) };
  });

  desk.post('/desk/api/crises/preview', async (request): Promise<CrisisPreview> => {
    const given = trial.parse(request.body);
    const spoken = spokenWords(deps, given.facts);
    const { question = '' } = given;
    return {
      spoken,
      lengths: lengthsOf(spoken, deps.smsFit),
      checks: check(given.facts),
      ...(question.trim() !== '' && { tried: tryQuestion(given.facts, question) }),
    };
  });

  desk.post('/desk/api/crises/publish', async (request, reply) => {
    const given = publication.parse(request.body);
    const wrong = errorIn(given.facts);
    if (wrong !== undefined || given.facts.state !== 'published') {
      return refuse(reply, 400, { code: 'crisis_words', message: wrong?.words ?? 'Tin mới phải là tin được đăng.' });
    }
    const message = await changeCrisis.publish({ ...given.facts, isTold: given.isTold }, authorOf(request));
    await tellOfDanger();
    await note(request, 'publish_crisis', message);
    return { message } satisfies CrisisAnswer;
  });

  desk.post('/desk/api/crises/change', async (request, reply) => {
    const given = change.parse(request.body);
    const wrong = given.facts.state === 'published' ? errorIn(given.facts) : undefined;
    if (wrong !== undefined) {
      return refuse(reply, 400, { code: 'crisis_words', message: wrong.words });
    }
    const told = { ...given.facts, isTold: given.isTold };
    const changed = await changeCrisis.change(given.id, given.version, told, authorOf(request));
    if (changed.result !== 'changed') {
      return refuse(reply, changed.result === 'not_found' ? 404 : 409, refusalOf(changed));
    }
    const { message } = changed;
    await tellOfDanger();
    await note(request, message.state === 'withdrawn' ? 'withdraw_crisis' : 'change_crisis', message);
    return { message } satisfies CrisisAnswer;
  });

  function check(given: CrisisFacts): readonly CrisisCheck[] {
    const { utility, isOurProvince, smsFit, noticeTemplates } = deps;
    const spoken = spokenWords(deps, given);
    const cutAt = cutInTemplate(given, noticeTemplates);
    return checkCrisis(given, { ...utility.ours, isOurProvince, smsFit, cutAt, now: clock.now(), spoken });
  }

  function errorIn(given: CrisisFacts): CrisisCheck | undefined {
    return check(given).find(({ level }) => level === 'error');
  }

  function tryQuestion({ questions }: CrisisFacts, question: string): CrisisTrial {
    const understanding = deps.understand(question, { now: clock.now() });
    const matched = matchQuestion(questions, understanding);
    if (understanding.emergency || matched === undefined) {
      return { by: understanding.emergency ? 'emergency' : 'nothing' };
    }
    return 'intent' in matched ? { by: 'intent', match: matched.intent } : { by: 'keyword', match: matched.keyword };
  }

  async function note(request: FastifyRequest, action: AuditAction, message: CrisisMessage): Promise<void> {
    const { id: actorId, name: actorName } = agentOf(request);
    const subject = `${message.id} bản ${message.version}`;
    await deps.audit.append({ at: clock.now(), actorId, actorName, action, subject, reason: message.title });
  }
}

function spokenWords({ engine, clock }: Pick<CrisisRouteDeps, 'engine' | 'clock'>, facts: CrisisFacts): string {
  return crisisWords(facts, engine, clock.now()).map(toPlainText).join('\n\n');
}

function authorOf(request: FastifyRequest) {
  const { id: agentId, name } = agentOf(request);
  return { id: agentId, name };
}

type Refused = Exclude<Awaited<ReturnType<ChangeCrisis['change']>>, { result: 'changed' }>;

function refusalOf(refused: Refused): DeskRefusal {
  switch (refused.result) {
    case 'not_found':
      return { code: 'not_found', message: 'Không tìm thấy tin này.' };
    case 'stale': {
      const { changedBy, version } = refused.message;
      return {
        code: 'stale_crisis',
        message: `${changedBy.name} vừa sửa tin này (bản ${version}). Đóng lại, xem bản mới rồi sửa tiếp.`,
      };
    }
    case 'ended':
      return { code: 'ended', message: 'Tin này đã hết hạn hoặc đã gỡ. Hãy soạn tin mới từ tin này.' };
  }
}
